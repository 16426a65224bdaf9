package io.lgvq.app.config;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes {@code docs/configuration.md} from the source of {@link LgvqConfig}: the comments there
 * are the documentation, and nobody has to keep a second text in step.
 */
final class ConfigurationReference {
  private static final String HEAD =
      """
      # Configuration

      Generated from the comments of `LgvqConfig`; a test fails when this page is stale
      (`mvn -pl src -am test -Dtest=ConfigurationReferenceTest -Ddocs.write=true -Dsurefire.failIfNoSpecifiedTests=false` writes it anew).

      Give a property as `-Dname=value`, as an environment variable (`LGVQ_BATCH_MAX_BATCH` for `lgvq.batch.max-batch`), or in
      `config/application.properties` under the working directory; the first of these wins. A wrong value, an unknown `lgvq.` name
      or an unknown variable `LGVQ_...` stops the start with a sentence that names it; the launcher's own variables (`LGVQ_JAVA_OPTS`,
      `LGVQ_MVN_OPTS`, `LGVQ_BUILD`) and those that Kubernetes makes of a service's name (`LGVQ_SERVICE_HOST`, `LGVQ_PORT` and the like)
      are left alone. Durations are written `500ms`, `20s`, `5m` or `7d`.

      ## Kafka and the registry

      Every property `kafka.X` is handed as `X` to all Kafka clients and streams, and every `schema.registry.X` to the registry's
      client, both as they came; as environment variables, `KAFKA_X` and `SCHEMA_REGISTRY_X`, in which every underscore is a dot.

      | property | default |
      |---|---|
      | `kafka.bootstrap.servers` | `localhost:9092` |
      | `schema.registry.url` | `http://localhost:8081` |

      For instance `-Dkafka.security.protocol=SASL_SSL`, `-Dkafka.sasl.mechanism=...`, `-Dkafka.commit.interval.ms=1000`,
      `-Dkafka.auto.register.schemas=false`, `-Dschema.registry.basic.auth.user.info=user:password`.
      With several instances, `-Dkafka.num.standby.replicas=1` keeps a second copy of the answer stage's tokens, so that another
      instance takes over without reading them again. An instance that is added gets its share of the partitions at once, but for
      those of the answer stage: it reads their tokens first, and gets two partitions a minute at most
      (`-Dkafka.max.warmup.replicas=2`, [decision 022](decisions/022-newcomers-get-their-share-at-once.md)).
      `-Dkafka.buffered.records.per.partition` and `-Dkafka.max.poll.records` say how many records may wait in memory for a slow
      engine; unless you do, as many as take 64 MiB if all are as large as their topic allows, but at least 64 and at most 1,000 for
      each partition.
      Properties of Quarkus work too, for instance `quarkus.http.port` (`8080`).
      """;

  private final DocTrees docs;
  private final CompilationUnitTree unit;
  private final Map<String, ClassTree> nested = new LinkedHashMap<>();
  private final StringBuilder page = new StringBuilder(HEAD);

  private ConfigurationReference(DocTrees docs, CompilationUnitTree unit) {
    this.docs = docs;
    this.unit = unit;
  }

  /** The page that the source gives. */
  static String of(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
      CompilationUnitTree unit = task.parse().iterator().next();
      ConfigurationReference reference = new ConfigurationReference(DocTrees.instance(task), unit);
      reference.write((ClassTree) unit.getTypeDecls().get(0));
      return reference.page.toString();
    }
  }

  private void write(ClassTree root) {
    for (Tree member : root.getMembers()) {
      if (member instanceof ClassTree type) {
        nested.put(type.getSimpleName().toString(), type);
      }
    }
    section("## The application", "lgvq.", root);
    for (Tree member : root.getMembers()) {
      if (member instanceof MethodTree method && nested.containsKey(type(method))) {
        String name = "lgvq." + kebab(method.getName().toString());
        section("## `" + name + "`\n\n" + comment(method), name + ".", nested.get(type(method)));
      }
    }
  }

  private void section(String title, String prefix, ClassTree type) {
    page.append("\n").append(title).append("\n\n");
    page.append("| property | default | |\n|---|---|---|\n");
    for (Tree member : type.getMembers()) {
      if (member instanceof MethodTree method && !nested.containsKey(type(method))) {
        page.append(
            "| `%s%s` | %s | %s |\n"
                .formatted(
                    prefix, kebab(method.getName().toString()), fallback(method), comment(method)));
      }
    }
  }

  private String fallback(MethodTree method) {
    for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
      if (annotation.getAnnotationType().toString().equals("WithDefault")) {
        LiteralTree value = (LiteralTree) annotation.getArguments().get(0);
        return "`" + value.getValue() + "`";
      }
    }
    return "none";
  }

  private String comment(MethodTree method) {
    DocCommentTree comment = docs.getDocCommentTree(path(method));
    if (comment == null) {
      throw new IllegalStateException(method.getName() + " is not documented");
    }
    return comment.getFullBody().toString().replaceAll("\\s+", " ").strip();
  }

  private TreePath path(Tree tree) {
    return TreePath.getPath(unit, tree);
  }

  private static String type(MethodTree method) {
    return method.getReturnType().toString();
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
