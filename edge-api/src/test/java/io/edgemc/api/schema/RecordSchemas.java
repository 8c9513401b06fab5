package io.edgemc.api.schema;

import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ContentLine;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.api.agent.ReportAck;
import io.edgemc.api.agent.ReportHead;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.ComplianceState;
import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.event.SummaryRow;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (2020-12) of the records that cross a process boundary, derived from the records themselves. */
final class RecordSchemas {
    /** Records with a schema, by their simple name. */
    static final List<Class<?>> RECORDS = List.of(
            ClusterRecord.class,
            Target.class,
            Combination.class,
            Decision.class,
            ObjectReport.class,
            ClusterReport.class,
            SummaryRow.class,
            ComplianceState.class,
            FleetEvent.class,
            EnrollRequest.class,
            EnrollResponse.class,
            RenewRequest.class,
            SessionRequest.class,
            SessionResponse.class,
            MailboxLine.Head.class,
            MailboxLine.Apply.class,
            MailboxLine.Delete.class,
            MailboxLine.Forget.class,
            MailboxLine.End.class,
            ContentRequest.class,
            ContentLine.class,
            AppliedReport.class,
            ReportHead.class,
            ReportAck.class,
            ReconcileRequest.class,
            ReconcileResponse.class,
            BucketsRequest.class,
            BucketsResponse.class);

    private RecordSchemas() {}

    /** File name of a record's schema or sample. */
    static String nameOf(Class<?> type) {
        return type.getEnclosingClass() == null
                ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
    }

    /** The schema, members sorted, with a new line at the end. */
    static String schemaOf(Class<?> type) {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(ApiJson.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        config.with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
                .with(Option.INLINE_ALL_SCHEMAS)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forFields()
                .withRequiredCheck(field -> !isNullable(field.getRawMember()) && !field.isFakeContainerItemScope())
                .withNullableCheck(field -> false);
        config.forTypesInGeneral().withCustomDefinitionProvider((resolved, context) -> {
            ObjectNode text = textForm(resolved.getErasedType());
            return text == null ? null : new com.github.victools.jsonschema.generator.CustomDefinition(text, true);
        });
        ObjectNode schema = new SchemaGenerator(config.build()).generateSchema(type);
        schema.put("title", nameOf(type));
        return ApiJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static boolean isNullable(java.lang.reflect.Field field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class)
                // Written only where it is not empty.
                || Arrays.asList("flags").contains(field.getName());
    }

    /** Types with a text form of their own. */
    static @Nullable ObjectNode textForm(Class<?> type) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type == ObjectKey.class) {
            return schema.put("type", "string").put("pattern", "^[a-z0-9.-]+/[a-z0-9-]*/[^/]+$");
        }
        if (type == Digest.class) {
            return schema.put("type", "string").put("pattern", "^[0-9a-f]{64}$");
        }
        if (type == TargetState.class) {
            return schema.put("type", "string").put("pattern", "^[0-9a-f]{64}\\.[0-9a-f]{64}$");
        }
        if (type == ObjectNode.class) {
            return schema.put("type", "object");
        }
        if (type == Object.class) {
            return schema;
        }
        return null;
    }
}
