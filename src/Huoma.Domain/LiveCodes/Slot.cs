using System.Globalization;
using System.Text;

namespace Huoma.Domain.LiveCodes;

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

    public bool Enabled { get; private set; } = true;

    /// <summary>Starts at 1 and grows when a new group takes the place: its counters start afresh (D17).</summary>
    public int Round { get; private set; } = 1;

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
            Round++;
        }
    }

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    /// <summary>有效期 of a new picture when nothing is said about it.</summary>
    public static DateTimeOffset DefaultExpiry(LiveCodeKind kind, DateTimeOffset now) => kind == LiveCodeKind.Card ? Never : now + DefaultLifetime;

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
