package io.firstcome.embedded;

import static io.firstcome.embedded.DataFolderException.unusable;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder below which one process keeps everything. While it is open no other process can open
 * it: two brokers on one folder destroy it, and the one that was there first never notices in time.
 * The operating system gives the lock back when the process ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {
  /** Less free space than this is refused: a log that cannot grow stops the product mid-sale. */
  public static final long FREE_BYTES_MIN = 1L << 30;

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the folder if it is missing, takes its lock and checks that it can be written to.
   *
   * @throws DataFolderException if it is in use, is no folder, is not writable or the disk is full
   */
  public static DataFolder open(Path folder) {
    var path = folder.toAbsolutePath().normalize();
    create(path);
    var channel = lock(path);
    try {
      checkFreeSpace(path);
    } catch (DataFolderException e) {
      closeAfter(e, channel);
      throw e;
    }
    return new DataFolder(path, channel);
  }

  /** The absolute path. */
  public Path path() {
    return path;
  }

  /** An absolute path below this folder. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable("The lock of %s cannot be released.".formatted(path), e);
    }
  }

  private static void create(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw unusable("%s is not a folder.".formatted(path), null);
    }
    try {
      // Passwords and everybody's requests lie below it: nobody else has to look inside.
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static FileChannel lock(Path path) {
    FileChannel channel;
    try {
      channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
    DataFolderException refusal = null;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        refusal = inUse(path);
      }
    } catch (OverlappingFileLockException _) {
      refusal = inUse(path);
    } catch (IOException e) {
      refusal = unusable("%s cannot be locked: %s".formatted(path, e), e);
    }
    if (refusal != null) {
      closeAfter(refusal, channel);
      throw refusal;
    }
    return channel;
  }

  private static void checkFreeSpace(Path path) {
    long free;
    try {
      free = Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw unusable("The free space of %s is unknown: %s".formatted(path, e), e);
    }
    if (free < FREE_BYTES_MIN) {
      throw unusable(
          "%s has %d MiB of free space, at least %d MiB are needed."
              .formatted(path, free >> 20, FREE_BYTES_MIN >> 20),
          null);
    }
  }

  private static void closeAfter(DataFolderException refusal, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      refusal.addSuppressed(e);
    }
  }

  private static DataFolderException inUse(Path path) {
    return DataFolderException.inUse("%s is in use by another running Firstcome.".formatted(path));
  }

  private static DataFolderException notWritable(Path path, IOException cause) {
    return unusable("%s cannot be written to.".formatted(path), cause);
  }
}
