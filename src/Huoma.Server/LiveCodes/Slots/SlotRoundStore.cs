namespace Huoma.Server.LiveCodes.Slots;

/// <summary>
/// 循环利用: how visits begin a new round of slots (D14), within their own transaction. The code's row comes first, as in every edit of its
/// slots, so that no two rounds of a slot get one number.
/// </summary>
internal static class SlotRoundStore
{
    /// <param name="id">A parameter, or several as <c>ANY(…)</c>.</param>
    public static string CountLap(string id) => $"UPDATE live_codes SET laps = laps + 1 WHERE id = {id}";

    public static string BeginRound(string id, string ended, string begun) => $"UPDATE slots SET round = {begun}, last_round = {begun} WHERE id = {id} AND round = {ended}";

    /// <summary>The same for many, on PostgreSQL.</summary>
    public const string BeginRounds = """
        UPDATE slots SET round = new.begun, last_round = new.begun FROM unnest($1, $2, $3) AS new (id, ended, begun)
        WHERE slots.id = new.id AND slots.round = new.ended
        """;
}
