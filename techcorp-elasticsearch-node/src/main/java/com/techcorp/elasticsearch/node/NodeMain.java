package com.techcorp.elasticsearch.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.ClasspathNode;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.transport.netty4.Netty4Plugin;

/**
 * Runs one node until SIGTERM, which ends it in order, or until its standard input ends, that is
 * when its parent has died. The argument is its folder, with {@code config/elasticsearch.yml}.
 */
public final class NodeMain {
  private static final int FAILED = 1;
  private static final int ORPHANED = 99;

  private static final List<Class<? extends Plugin>> PLUGINS =
      List.of(Netty4Plugin.class, RestRootPlugin.class, AnalysisCommonPlugin.class);

  private NodeMain() {}

  /**
   * Starts the node and waits.
   *
   * @param args its folder
   * @throws InterruptedException never: nobody interrupts the main thread
   */
  public static void main(String[] args) throws InterruptedException {
    haltWithParent();
    try {
      start(Path.of(args[0]));
    } catch (Throwable e) { // threads of a node that did not start would keep the JVM
      e.printStackTrace();
      Runtime.getRuntime().halt(FAILED);
    }
    Thread.currentThread().join();
  }

  private static void start(Path home) throws Exception {
    LogConfigurator.configureESLogging();
    Settings settings = Settings.builder().put("path.home", home.toString()).build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), home.resolve("config"), () -> "node");
    Node node = new ClasspathNode(environment, PLUGINS);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "techcorp-node-close"));
    node.start();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (IOException e) {
      e.printStackTrace();
    }
  }

  private static void haltWithParent() {
    Thread watch = new Thread(NodeMain::haltAtEndOfInput, "techcorp-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Input has no meaning; only its end has.
      }
    } catch (IOException gone) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
