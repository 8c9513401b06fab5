package io.edgemc.kube.conformance;

import java.util.List;

/** Two texts, of which the lines that are not in both are marked. */
final class TextDifference {
    private static final int AROUND = 2;

    private TextDifference() {}

    /** Lines of {@code wanted} alone after {@code -}, of {@code got} alone after {@code +}, with a few around them. */
    static String of(String wanted, String got) {
        List<String> left = wanted.lines().toList();
        List<String> right = got.lines().toList();
        int[][] common = common(left, right);
        StringBuilder text = new StringBuilder();
        int l = 0;
        int r = 0;
        int same = 0;
        while (l < left.size() || r < right.size()) {
            if (l < left.size() && r < right.size() && left.get(l).equals(right.get(r))) {
                same++;
                l++;
                r++;
                continue;
            }
            for (int i = Math.min(same, AROUND); i > 0; i--) {
                text.append("      ").append(left.get(l - i)).append('\n');
            }
            same = 0;
            if (r == right.size() || l < left.size() && common[l + 1][r] >= common[l][r + 1]) {
                text.append("    - ").append(left.get(l++)).append('\n');
            } else {
                text.append("    + ").append(right.get(r++)).append('\n');
            }
        }
        return text.toString();
    }

    /** How many lines the rests from each pair of positions have in common. */
    private static int[][] common(List<String> left, List<String> right) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int l = left.size() - 1; l >= 0; l--) {
            for (int r = right.size() - 1; r >= 0; r--) {
                common[l][r] = left.get(l).equals(right.get(r))
                        ? common[l + 1][r + 1] + 1
                        : Math.max(common[l + 1][r], common[l][r + 1]);
            }
        }
        return common;
    }
}
