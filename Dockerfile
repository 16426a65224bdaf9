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
# An archive of the classes as they lie in memory (class data sharing), made by the JVM that is to use it, as it ends: the
# application comes up, looks for a broker that is not there, and is told to stop. Where the archive does not fit, the JVM
# goes on without.
RUN timeout 30 java -XX:+UseSerialGC -XX:ArchiveClassesAtExit=quarkus-app/classes.jsa -Dai.djl.offline=true \
    -jar quarkus-app/quarkus-run.jar >/dev/null 2>&1 || test -s quarkus-app/classes.jsa
EXPOSE 8080
USER 1001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=50", "-XX:SharedArchiveFile=quarkus-app/classes.jsa", "-Dai.djl.offline=true", "-jar", "quarkus-app/quarkus-run.jar"]
