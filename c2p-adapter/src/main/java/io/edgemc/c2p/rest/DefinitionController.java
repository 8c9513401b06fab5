package io.edgemc.c2p.rest;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.c2p.definition.Definitions;
import io.edgemc.c2p.oscal.ComponentDefinition;
import io.edgemc.c2p.oscal.ControlMap;
import io.edgemc.c2p.oscal.InvalidDefinitionException;
import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;
import io.edgemc.door.servlet.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** OSCAL component definitions: in, and out again as they came. */
@RestController
@RequestMapping("/c2p/v1/component-definitions")
final class DefinitionController {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionController.class);
    private static final int MAX_BYTES = 8 << 20;
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    private final Definitions definitions;

    DefinitionController(Definitions definitions) {
        this.definitions = definitions;
    }

    /** What was understood of a document. */
    record Understood(String id, String title, Map<String, List<String>> controls) {}

    @PutMapping("/{id}")
    ResponseEntity<Understood> put(@PathVariable String id, HttpServletRequest request) throws IOException {
        requireId(id);
        Caller caller = Caller.of(request);
        if (!caller.may(new Area.Compliance(), new Action.OnPath("update", "/v1/component-definitions/" + id))
                .allowed()) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "component definitions are changed by the role compliance-officer",
                    List.of());
        }
        byte[] document = body(request);
        ControlMap controls = read(document);
        Definitions.Put put = definitions.put(id, document, controls);
        LOG.info(
                "A component definition was put: definition={} user={} outcome={} controls={}",
                id,
                caller.user(),
                put,
                controls.controls().size());
        Map<String, List<String>> checks = new java.util.TreeMap<>();
        controls.checks().forEach((control, policies) -> checks.put(control, List.copyOf(policies)));
        return ResponseEntity.status(put == Definitions.Put.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new Understood(id, controls.title(), checks));
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> get(@PathVariable String id) {
        requireId(id);
        byte[] document = definitions
                .document(id)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "definition-not-found",
                        "there is no component definition of this id; PUT one",
                        List.of()));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw Problem.badRequest(
                    "bad-id", "an id is 1 to 63 lower-case letters, digits, dots and dashes, such as nist-high");
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    private static Problem tooLarge() {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "definition-too-large",
                "a component definition has at most " + MAX_BYTES + " bytes; split it",
                List.of());
    }

    private static ControlMap read(byte[] document) {
        try {
            return ComponentDefinition.read(CanonicalJson.parse(document));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("not-json", String.valueOf(e.getMessage()));
        } catch (InvalidDefinitionException e) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-definition",
                    e.getMessage() + "; each is named with its place",
                    e.problems().stream()
                            .map(problem -> Map.of("pointer", problem.path(), "detail", problem.message()))
                            .toList());
        }
    }
}
