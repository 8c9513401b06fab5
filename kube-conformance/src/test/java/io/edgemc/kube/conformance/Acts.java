package io.edgemc.kube.conformance;

import io.edgemc.kube.conformance.Act.How;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** Makes sequences of acts, the same for the same seed. */
final class Acts {
    private static final List<String> MANAGERS = List.of("one", "two", "kubectl");
    private static final List<String> MANAGED_FIELDS = List.of(
            "[]",
            "[{}]",
            "null",
            "[{\"manager\":\"one\",\"operation\":\"Sometimes\"}]",
            "[{\"manager\":\"x\",\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV1\","
                    + "\"fieldsV1\":{\"f:nobody\":{}}}]",
            "[{\"manager\":\"one\",\"operation\":\"Apply\",\"apiVersion\":\"gone/v1\",\"fieldsType\":\"FieldsV1\","
                    + "\"fieldsV1\":{\"f:spec\":{\".\":{}}}}]",
            "[{\"manager\":\"y\",\"operation\":\"Apply\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV2\","
                    + "\"fieldsV1\":{}}]");

    private final Managed kind;
    private final Random random;

    Acts(Managed kind, long seed) {
        this.kind = kind;
        this.random = new Random(seed);
    }

    List<Act> sequence(int length) {
        List<Act> acts = new ArrayList<>();
        acts.add(first());
        while (acts.size() < length) {
            acts.add(next());
        }
        return acts;
    }

    private Act first() {
        How how = chance(60) ? How.APPLY : chance(50) ? How.CREATE : How.CLIENT_APPLY;
        return new Act(how, manager(), false, other(), true, some(kind.settings(), 6));
    }

    private Act next() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            return new Act(
                    How.APPLY, manager(), chance(40), other(), chance(70) || kind.whole(), some(kind.settings(), 6));
        }
        if (dice < 51 && !kind.status().isEmpty()) {
            List<Setting> mixed = new ArrayList<>(some(kind.status(), 3));
            mixed.addAll(some(kind.settings(), 1));
            How how =
                    List.of(How.APPLY_STATUS, How.EDIT_STATUS, How.MERGE_STATUS).get(random.nextInt(3));
            return new Act(how, manager(), how == How.APPLY_STATUS && chance(40), false, false, mixed);
        }
        if (dice < 57 && kind.scale()) {
            // The reference fails to apply scales of custom kinds.
            How how = List.of(How.SCALE, How.SCALE_MERGE, How.SCALE_APPLY).get(random.nextInt(kind.builtIn() ? 3 : 2));
            return new Act(
                    how, manager(), how == How.SCALE_APPLY && chance(40), false, false, some(kind.settings(), 3));
        }
        if (dice < 62) {
            String value = MANAGED_FIELDS.get(random.nextInt(MANAGED_FIELDS.size()));
            return new Act(
                    How.MANAGED_FIELDS,
                    manager(),
                    false,
                    false,
                    false,
                    List.of(new Setting(
                            "metadata.managedFields", JsonMapper.shared().readTree(value))));
        }
        if (dice < 66 && !kind.odd().isEmpty()) {
            List<Setting> odd = new ArrayList<>(some(kind.settings(), 2));
            odd.addAll(some(kind.odd(), 1));
            return new Act(How.APPLY, manager(), true, false, true, odd);
        }
        if (dice < 72) {
            return new Act(How.CLIENT_APPLY, "kubectl", false, false, true, some(kind.settings(), 3));
        }
        How how = kind.builtIn()
                ? List.of(How.REPLACE, How.EDIT, How.EDIT, How.MERGE, How.STRATEGIC, How.JSON)
                        .get(random.nextInt(6))
                : List.of(How.REPLACE, How.EDIT, How.EDIT, How.MERGE, How.JSON).get(random.nextInt(5));
        // The reference forgets who owns the status if another version than its own is replaced without it.
        boolean otherVersion = how != How.REPLACE && other();
        return new Act(how, manager(), false, otherVersion, how == How.REPLACE, some(kind.settings(), 4));
    }

    private List<Setting> some(List<Setting> all, int most) {
        List<Setting> chosen = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        return chosen;
    }

    private String manager() {
        return MANAGERS.get(random.nextInt(MANAGERS.size()));
    }

    private boolean other() {
        return !kind.otherPath().isEmpty() && chance(12);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
