package io.firstcome.standalone;

import io.firstcome.embedded.DataFolder;
import io.firstcome.embedded.DataFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * What {@code ./firstcome up} runs. It ends with code 2 and one line if the user has to change
 * something, with 1 if something broke, and else when it is told to.
 */
public final class Standalone {
  private static final int REFUSED = 2;
  private static final int BROKEN = 1;

  private Standalone() {}

  public static void main(String[] arguments) throws InterruptedException {
    int code = run(System.getenv(), arguments);
    System.exit(code);
  }

  private static int run(Map<String, String> environment, String... arguments)
      throws InterruptedException {
    DataFolder folder = null;
    try {
      var options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.helpText());
        return 0;
      }
      Secrets.check(environment);
      if (options.mysql() != null) {
        var _ = DatabaseAddress.outside(options.mysql(), environment);
      }
      folder = DataFolder.open(options.data());
      var ports = Ports.of(options);
      serve(options, ports, folder, environment);
      return 0;
    } catch (RefusedException | DataFolderException e) {
      System.err.println(e.getMessage());
      return REFUSED;
    } catch (IOException | RuntimeException e) {
      System.err.println("Firstcome did not start: " + e.getMessage());
      if (folder != null) {
        System.err.println("The whole story is in " + logFile(folder));
        LoggerFactory.getLogger(Standalone.class).error("Did not start", e);
      }
      return BROKEN;
    }
  }

  private static void serve(
      Options options, Ports ports, DataFolder folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    LogFile.use(logFile(folder));
    var secrets = Secrets.of(folder, environment);
    var product = new Product(options, ports, folder, environment);
    var pidFile = folder.resolve("pid");
    StopSignals.stopOn(product, pidFile);
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
    product.start(secrets);
    SampleCampaign.createOnce(folder, ports.pages(), secrets);
    System.out.println(new ReadyMessage(ports.pages(), secrets).text());
    System.out.flush();
    // Nothing more to do here: signals end the process.
    new CountDownLatch(1).await();
  }

  private static Path logFile(DataFolder folder) {
    return folder.resolve("log").resolve("firstcome.log");
  }
}
