namespace Huoma.Domain.LiveCodes;

/// <summary>切换时机 (D10, D11); the numbers are stored.</summary>
public enum HandOverWhen
{
    /// <summary>立即: every scan, and bound visitors too (D13).</summary>
    Immediately = 1,

    /// <summary>用完后: when no slot is left to show, instead of 店小二已下班.</summary>
    Exhausted = 2,

    /// <summary>累计长按达 N 次后: counted over all slots and rounds of the code.</summary>
    AfterPresses = 3,
}

/// <summary>切换到名片码/群活码: from when on another code answers in place of this one (F020, F136).</summary>
/// <param name="TargetId">Stays known while the switch is off; null when none was ever chosen.</param>
/// <param name="AfterPresses">长按次数, with <see cref="HandOverWhen.AfterPresses"/> only.</param>
public sealed record HandOver(bool Enabled, LiveCodeId? TargetId, HandOverWhen When, int? AfterPresses)
{
    public const int MaxAfterPresses = 10_000_000;

    /// <summary>Off. A card code can only switch after presses (D11), so that is what it starts with.</summary>
    public static HandOver Off(LiveCodeKind kind) =>
        new(Enabled: false, TargetId: null, kind == LiveCodeKind.Card ? HandOverWhen.AfterPresses : HandOverWhen.Immediately, AfterPresses: null);
}
