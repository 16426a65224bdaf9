# Builds the application from source and runs it; docker-compose.yml uses it. Needs no GPU.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q -B package -DskipTests -pl src -am

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /build/src/target/quarkus-app/ quarkus-app/
COPY bundles/ bundles/
ENV LGVQ_BUNDLE=/app/bundles/lgvq-small
EXPOSE 8080
USER 1001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-Dai.djl.offline=true", "-jar", "quarkus-app/quarkus-run.jar"]
