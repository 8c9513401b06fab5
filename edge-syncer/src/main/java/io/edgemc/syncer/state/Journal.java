package io.edgemc.syncer.state;

import io.edgemc.api.json.ApiJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log of JSON records, one a line with its CRC in front, in {@code state-<n>.log}. A compaction writes all that counts into
 * file n+1, renames that into place when it is durable, and drops file n; so there is always one whole file, whenever the
 * process is killed. Records behind a damaged one are lost, which is safe: the hub offers its target again. Not thread-safe.
 */
final class Journal implements Closeable {
    private static final JsonMapper MAPPER = ApiJson.MAPPER;
    private static final long MIN_COMPACTION = 256 * 1024;
    private static final int MAX_LINE = 1024 * 1024;

    private final Path folder;
    private long number;
    private FileChannel channel;
    private long sizeWhenCompact;
    private boolean dirty;

    private Journal(Path folder, long number, FileChannel channel) throws IOException {
        this.folder = folder;
        this.number = number;
        this.channel = channel;
        this.sizeWhenCompact = channel.size();
    }

    /** Replays the records of the newest file, cuts a damaged tail off, and goes on behind it. */
    static Journal open(Path folder, Consumer<JsonNode> replay) throws IOException {
        OwnerOnlyFiles.folder(folder);
        List<Path> files = files(folder);
        for (int i = 0; i + 1 < files.size(); i++) {
            Files.deleteIfExists(files.get(i));
        }
        if (files.isEmpty()) {
            return new Journal(folder, 1, OwnerOnlyFiles.create(folder.resolve(name(1))));
        }
        Path newest = files.getLast();
        long whole = replay(newest, replay);
        FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE);
        channel.truncate(whole);
        channel.position(whole);
        return new Journal(folder, numberOf(newest), channel);
    }

    /** Adds a record; a killed process loses none, a power failure those since {@link #force}. */
    void append(JsonNode entry) throws IOException {
        write(channel, line(entry));
        dirty = true;
    }

    void force() throws IOException {
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    boolean wantsCompaction() throws IOException {
        return channel.size() > Math.max(MIN_COMPACTION, 4 * sizeWhenCompact);
    }

    /** Replaces all records by these. */
    void compact(Iterable<? extends JsonNode> all) throws IOException {
        Path next = folder.resolve(name(number + 1));
        Path part = folder.resolve(name(number + 1) + ".part");
        Files.deleteIfExists(part);
        FileChannel fresh = OwnerOnlyFiles.create(part);
        try {
            ByteArrayOutputStream block = new ByteArrayOutputStream(64 * 1024);
            for (JsonNode entry : all) {
                block.writeBytes(line(entry));
                if (block.size() > 48 * 1024) {
                    write(fresh, block.toByteArray());
                    block.reset();
                }
            }
            write(fresh, block.toByteArray());
            fresh.force(true);
            Files.move(part, next, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            OwnerOnlyFiles.syncFolder(next);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        channel.close();
        Files.deleteIfExists(folder.resolve(name(number)));
        channel = fresh;
        number++;
        sizeWhenCompact = fresh.size();
        dirty = false;
    }

    @Override
    public void close() throws IOException {
        force();
        channel.close();
    }

    private static byte[] line(JsonNode entry) {
        byte[] json = MAPPER.writeValueAsBytes(entry);
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 10);
        out.writeBytes(crc(json, 0, json.length).getBytes(StandardCharsets.US_ASCII));
        out.write(' ');
        out.writeBytes(json);
        out.write('\n');
        return out.toByteArray();
    }

    private static String crc(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** How many bytes of the file are whole records. */
    private static long replay(Path file, Consumer<JsonNode> replay) throws IOException {
        long whole = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            for (byte[] line = readLine(in); line != null; line = readLine(in)) {
                JsonNode entry = parse(line);
                if (entry == null) {
                    return whole;
                }
                replay.accept(entry);
                whole += line.length + 1L;
            }
        }
        return whole;
    }

    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toByteArray();
            }
            if (line.size() > MAX_LINE) {
                return null;
            }
            line.write(b);
        }
        // Without its end a record is not whole.
        return null;
    }

    private static @Nullable JsonNode parse(byte[] line) {
        if (line.length < 10 || !crc(line, 9, line.length).equals(new String(line, 0, 8, StandardCharsets.US_ASCII))) {
            return null;
        }
        try {
            return MAPPER.readTree(line, 9, line.length - 9);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "state-*.log")) {
            found.forEach(files::add);
        }
        files.sort(Comparator.comparingLong(Journal::numberOf));
        return files;
    }

    private static String name(long number) {
        return "state-" + number + ".log";
    }

    private static long numberOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring("state-".length(), name.length() - ".log".length()));
    }
}
