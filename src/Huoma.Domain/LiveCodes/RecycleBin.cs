namespace Huoma.Domain.LiveCodes;

/// <summary>回收站: what was deleted can be restored for a while, with its counts; its address is never used again (C1.9).</summary>
public static class RecycleBin
{
    /// <summary>How long after its deletion a code or slot can come back.</summary>
    public static readonly TimeSpan Keeps = TimeSpan.FromDays(30);

    /// <summary>The oldest deletion that can be undone at <paramref name="now"/>, exclusive.</summary>
    public static DateTimeOffset Oldest(DateTimeOffset now) => now - Keeps;

    /// <summary>Says no to what was deleted too long ago.</summary>
    /// <param name="purgedAt">When it was taken out of the bin; null while it lies there.</param>
    public static Refusal? Returns(DateTimeOffset deletedAt, DateTimeOffset? purgedAt, DateTimeOffset now) => purgedAt is null && deletedAt > Oldest(now)
        ? null
        : new Refusal("recycle-bin.too-late", $"删除已超过 {Keeps.Days} 天，不能再恢复，请新建一个");
}
