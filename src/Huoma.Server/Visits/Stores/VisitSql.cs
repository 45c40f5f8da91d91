namespace Huoma.Server.Visits.Stores;

/// <summary>What the two stores' statements have in common: columns, in the order both fill them, and what a conflict does.</summary>
internal static class VisitSql
{
    public const string VisitColumns = "tenant_id, live_code_id, visitor_id, channel_id, slot_id, round, kind, client, reason, at";

    public const string VisitorColumns =
        "visitor_id, live_code_id, slot_id, round, tenant_id, is_bound, last_scan_on, last_shown_on, last_press_on, presses, leased_until";

    public const string VisitorConflict = """
        ON CONFLICT (visitor_id, live_code_id, slot_id, round) DO UPDATE SET
            is_bound = excluded.is_bound, last_scan_on = excluded.last_scan_on, last_shown_on = excluded.last_shown_on,
            last_press_on = excluded.last_press_on, presses = excluded.presses, leased_until = excluded.leased_until
        """;

    public const string PressColumns = "visitor_id, press_id, tenant_id, live_code_id, slot_id, round, channel_id, at";

    public const string SlotCountColumns = "slot_id, round, tenant_id, live_code_id, press_visitors, presses, seats_taken";

    /// <summary>Presses add up, for processes press at once; seats are what was decided under the lock of their code, or null without a cap.</summary>
    public const string SlotCountConflict =
        """
        ON CONFLICT (slot_id, round) DO UPDATE SET
            press_visitors = slot_counts.press_visitors + excluded.press_visitors, presses = slot_counts.presses + excluded.presses, seats_taken = excluded.seats_taken
        """;

    /// <summary>长按识别次数 of a whole code, over all slots and rounds: what 切换 compares with its limit.</summary>
    public static string PressesOf(string liveCodeId) => $"coalesce((SELECT sum(presses) FROM slot_counts WHERE live_code_id = {liveCodeId}), 0)";

    /// <summary>What of a code the rotation needs; pages compare version + laps, for a new round (循环利用) changes what they show. Only cards (kind 2) begin rounds.</summary>
    public const string CodeColumns = """
        tenant_id, version + laps, status, deleted_at IS NOT NULL, sticky, welcome_enabled, seat_cap, seat_lease_minutes,
        recycle AND kind = 2, CASE WHEN hand_over_enabled THEN hand_over_target_id END, hand_over_when, coalesce(hand_over_after_presses, 0)
        """;

    /// <summary>Counts the seats of a slot and round: everybody it was ever shown to, without those whose seat went back.</summary>
    public static string SeatsTaken(string liveCodeId, string slotId, string round) => $"""
        coalesce((SELECT sum(new_shown) FROM visit_counts WHERE live_code_id = {liveCodeId} AND slot_id = {slotId} AND round = {round}), 0)
        - (SELECT count(*) FROM slot_visitors WHERE live_code_id = {liveCodeId} AND leased_until <> 0 AND leased_until = -1 AND slot_id = {slotId} AND round = {round})
        """;

    /// <summary>What a visit adds to in its hour.</summary>
    public const string HourCounters = """
        scans, new_visitors, day_visitors, shows, new_shown, day_shown,
        presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers,
        entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom
        """;

    public const string HourColumns = $"live_code_id, hour, channel_id, slot_id, round, node, tenant_id, {HourCounters}";

    public static readonly string HourConflict = AddToHour(Names(HourCounters));

    public static string AddToHour(IEnumerable<string> counters) =>
        $"ON CONFLICT (live_code_id, hour, channel_id, slot_id, round, node) DO UPDATE SET {string.Join(", ", counters.Select(name => $"{name} = visit_counts.{name} + excluded.{name}"))}";

    public static string[] Names(string columns) => columns.Split(',', StringSplitOptions.TrimEntries);
}
