using System.Globalization;
using System.Text;

namespace Huoma.Domain.LiveCodes;

/// <summary>A picture a slot held once, as it held it.</summary>
/// <param name="Round">The round it was shown in, which its counts are kept under.</param>
public sealed record FormerPicture(ImageId ImageId, int Round, DateTimeOffset ExpiresAt, string? OverrideReason);

/// <summary>码位: one real group's QR inside a live code; what rotates.</summary>
public sealed class Slot : ITenantOwned
{
    public const int NameMaxLength = 30;
    public const int SupportWeChatIdMaxLength = 30;
    public const int OverrideReasonMaxLength = 100;

    /// <summary>自动切换频率, in distinct pressers (D3): least, most, and what the form starts with.</summary>
    public const int ThresholdMin = 1;
    public const int ThresholdMax = 500;
    public const int ThresholdDefault = 100;

    /// <summary>Most slots a code may hold.</summary>
    public const int MaxPerLiveCode = 500;

    /// <summary>What <see cref="Threshold"/> is of a slot that goes by its members only (D4).</summary>
    public const int NoThreshold = int.MaxValue;

    /// <summary>有效期: a WeChat group QR lives seven days (F034, D16).</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);

    /// <summary>What <see cref="ExpiresAt"/> is of a picture that lasts: a personal card's QR has no 有效期.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private Slot()
    {
    }

    public Slot(SlotId id, LiveCode liveCode, int position, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(liveCode);
        Id = id;
        TenantId = liveCode.TenantId;
        LiveCodeId = liveCode.Id;
        Position = position;
        CreatedAt = createdAt;
    }

    public SlotId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    /// <summary>添加顺序: slots are used in ascending order (D6).</summary>
    public int Position { get; private set; }

    /// <summary>群二维码名称, for the console only (F032).</summary>
    public string Name { get; private set; } = "";

    public ImageId ImageId { get; private set; }

    /// <summary>客服微信号, shown under the QR; null when there is none (F033).</summary>
    public string? SupportWeChatId { get; private set; }

    /// <summary>From this instant on it is not shown (D16).</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>自动切换频率: retired when this many distinct visitors have pressed (D3, D5).</summary>
    public int Threshold { get; private set; } = ThresholdDefault;

    /// <summary>How many more members the group of this slot takes, as its robot told last; null: no robot keeps it (D4).</summary>
    public int? MembersLeft { get; private set; }

    public bool Enabled { get; private set; } = true;

    /// <summary>Starts at 1 and grows when a new group takes the place: its counters start afresh (D17).</summary>
    public int Round { get; private set; } = 1;

    /// <summary>The highest round there ever was. A round belongs to one group for ever: undoing brings it back, and the next new group gets a fresh one.</summary>
    public int LastRound { get; private set; } = 1;

    /// <summary>Why the operator kept a picture he was warned about; null when there was no warning.</summary>
    public string? OverrideReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public void Describe(string name, string? supportWeChatId)
    {
        Name = name;
        SupportWeChatId = supportWeChatId;
    }

    public void SwitchesAt(int threshold) => Threshold = threshold;

    /// <summary>精准分流频率: room for so many more members.</summary>
    public void HasRoomFor(int members) => MembersLeft = members;

    public void Enable(bool enabled) => Enabled = enabled;

    public Refusal? LastsUntil(DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
        {
            return new Refusal("slot.expiry-in-the-past", "有效期已经过去，请选择将来的时间", "expiresAt");
        }

        ExpiresAt = expiresAt;
        return null;
    }

    /// <summary>Takes a new picture; <paramref name="newGroup"/> starts the counters afresh, the old ones stay in history (D17).</summary>
    public void Takes(ImageId imageId, bool newGroup, string? overrideReason)
    {
        ImageId = imageId;
        OverrideReason = overrideReason;
        if (newGroup)
        {
            Round = ++LastRound;
        }
    }

    /// <summary>
    /// Takes a former picture back, together with the round it was shown in: the counters are kept by round, so those of the former
    /// group come back by themselves, and those of the group that goes wait in its own round (D17).
    /// </summary>
    public Refusal? TakesBack(FormerPicture former, DateTimeOffset expiresAt, string? overrideReason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(former);
        if (former.ImageId == ImageId && former.Round == Round)
        {
            return new Refusal("slot.picture-is-back", "这张图片正在使用，无需恢复");
        }

        if (LastsUntil(expiresAt, now) is { } refusal)
        {
            return refusal;
        }

        ImageId = former.ImageId;
        Round = former.Round;
        OverrideReason = overrideReason ?? former.OverrideReason;
        return null;
    }

    /// <summary>An open page or message was about <paramref name="imageId"/>; says no when another picture has come since.</summary>
    public Refusal? StillShows(ImageId imageId) => imageId == ImageId
        ? null
        : new Refusal("slot.picture-changed-meanwhile", "这个二维码的图片刚刚又被换过，请刷新后再看");

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    /// <summary>有效期 of a new picture when nothing is said about it.</summary>
    public static DateTimeOffset DefaultExpiry(LiveCodeKind kind, DateTimeOffset now) => kind == LiveCodeKind.Card ? Never : now + DefaultLifetime;

    /// <summary>Comes back to its former place; when another slot has taken it since, that one and those after it move on.</summary>
    /// <param name="others">The slots its code has now.</param>
    public Refusal? Restore(IReadOnlyCollection<Slot> others, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(others);
        if (DeletedAt is { } deletedAt && RecycleBin.Returns(deletedAt, purgedAt: null, now) is { } refusal)
        {
            return refusal;
        }

        DeletedAt = null;
        if (others.Any(other => other.Position == Position))
        {
            foreach (var other in others.Where(other => other.Position >= Position))
            {
                other.Position++;
            }
        }

        return null;
    }

    /// <summary>What a slot is called that was given no name: as its file, or 群 (名片) and its position.</summary>
    /// <param name="fileName">Without folder and ending; null when no file came with it.</param>
    public static string NameOf(LiveCodeKind kind, string? fileName, int position)
    {
        var letters = (fileName ?? "").EnumerateRunes().Where(letter => !Rune.IsControl(letter) && letter != Rune.ReplacementChar);
        var name = string.Concat(letters.Take(NameMaxLength)).Trim();
        return name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{(kind == LiveCodeKind.Card ? "名片" : "群")}{position}");
    }

    /// <summary>Puts the slots of one code into <paramref name="order"/>, which names each of them once (D6).</summary>
    public static Refusal? Arrange(IReadOnlyCollection<Slot> slots, IReadOnlyList<SlotId> order)
    {
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentNullException.ThrowIfNull(order);
        var positions = new Dictionary<SlotId, int>(order.Count);
        foreach (var id in order)
        {
            positions.TryAdd(id, positions.Count + 1);
        }

        if (order.Count != slots.Count || !slots.All(slot => positions.ContainsKey(slot.Id)))
        {
            return new Refusal("slot.order-incomplete", "二维码列表已有变化，请刷新后再排序", "ids");
        }

        foreach (var slot in slots)
        {
            slot.Position = positions[slot.Id];
        }

        return null;
    }
}
