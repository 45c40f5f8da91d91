namespace Huoma.Domain.LiveCodes;

/// <summary>活码: a permanent address and QR code whose page shows the right group's QR of this moment.</summary>
public sealed class LiveCode : ITenantOwned
{
    public const int NameMaxLength = 30;
    public const int RemarkMaxLength = 50;

    private LiveCode()
    {
    }

    public LiveCode(LiveCodeId id, TenantId tenantId, string number, string key, LiveCodeKind kind, Building building, DateTimeOffset createdAt)
    {
        Id = id;
        TenantId = tenantId;
        Number = number;
        Key = key;
        Kind = kind;
        Building = building;
        CreatedAt = createdAt;
        HandOver = HandOver.Off(kind);
    }

    public LiveCodeId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    /// <summary>活码编号: when it was made and seven digits; what people type (F070).</summary>
    public string Number { get; private set; } = "";

    /// <summary>The random part of its address <c>/q/{key}</c>; never changes, never used again.</summary>
    public string Key { get; private set; } = "";

    public LiveCodeKind Kind { get; private set; }

    public Building Building { get; private set; }

    /// <summary>群活码名称, on top of the visitor's page (F013).</summary>
    public string Name { get; private set; } = "";

    /// <summary>备注, for the console only (F014).</summary>
    public string Remark { get; private set; } = "";

    public LiveCodeStatus Status { get; private set; } = LiveCodeStatus.On;

    /// <summary>防重复进群: a visitor is bound to the slot he was shown first (D7, D8).</summary>
    public bool Sticky { get; private set; } = true;

    public WelcomePage Welcome { get; private set; } = WelcomePage.Hidden;

    /// <summary>按展示人数上限, off unless asked for (U4).</summary>
    public SeatRules Seats { get; private set; } = SeatRules.Off;

    /// <summary>切换到名片码/群活码: another code answers in place of this one (D10–D13).</summary>
    public HandOver HandOver { get; private set; } = HandOver.Off(LiveCodeKind.Group);

    /// <summary>循环利用 of cards: when every slot is full, all begin a new round (D14); 循环利用群: a group with room again is used again (D15). Off unless asked for.</summary>
    public bool Recycle { get; private set; }

    /// <summary>Full slots begin a new round. Groups do not: whoever is in one stays in it.</summary>
    public bool BeginsRounds => Recycle && Kind == LiveCodeKind.Card;

    /// <summary>自动建群; <see cref="AutoBuild.None"/> for what is built by hand.</summary>
    public AutoBuild Auto { get; private set; } = AutoBuild.None;

    /// <summary>Grows with every edit of the code or of its slots; cached copies and open forms compare it.</summary>
    public long Version { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>When it was taken out of the recycle bin for good; null before that.</summary>
    public DateTimeOffset? PurgedAt { get; private set; }

    /// <summary>Until when a deleted code can be restored, exclusive; null when it is not deleted.</summary>
    public DateTimeOffset? RestorableUntil => DeletedAt + RecycleBin.Keeps;

    /// <summary>Name, remark and number as they are searched: a line each, so that no search matches across two; see <see cref="Searchable"/>.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>As texts are compared when searching. Done here and not by a database, whose ideas of small letters differ.</summary>
    public static string Searchable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant();
    }

    /// <summary>Says no to kinds of codes that can not be.</summary>
    public static Refusal? CanBeMade(LiveCodeKind kind, Building building) => (kind, building) switch
    {
        (LiveCodeKind.Card, Building.Auto) => new Refusal("live-code.card-building", "名片码不能自动建群", "building"),
        _ => null,
    };

    /// <summary>类型 and 建群类型 stay what they were made as (F011, F012).</summary>
    public Refusal? StaysA(LiveCodeKind? kind, Building? building) => (kind ?? Kind) == Kind && (building ?? Building) == Building
        ? null
        : new Refusal("live-code.kind-immutable", "活码生成成功后不可更改类型", kind is null || kind == Kind ? "building" : "kind");

    /// <summary>An open form was filled in from <paramref name="version"/>; says no when somebody has saved another one since.</summary>
    public Refusal? IsStill(long? version) => version is null || version == Version
        ? null
        : new Refusal("live-code.changed-meanwhile", "这个活码刚刚被其他人修改过，请刷新后再改");

    public void Describe(string name, string remark)
    {
        Name = name;
        Remark = remark;
        SearchText = Searchable($"{name}\n{remark}\n{Number}");
        Version++;
    }

    public Refusal? Welcomes(WelcomePage welcome)
    {
        ArgumentNullException.ThrowIfNull(welcome);
        if (welcome is { Enabled: true, ImageId: null })
        {
            return new Refusal("live-code.welcome-without-picture", "使用欢迎页需要先上传海报（750×420）", "welcome.imageId");
        }

        Welcome = welcome;
        Version++;
        return null;
    }

    public void Sticks(bool sticky)
    {
        Sticky = sticky;
        Version++;
    }

    public Refusal? Caps(SeatRules seats)
    {
        ArgumentNullException.ThrowIfNull(seats);
        if (seats.CanBeSet() is { } refusal)
        {
            return refusal;
        }

        Seats = seats;
        Version++;
        return null;
    }

    /// <param name="target">The code it is to hand over to; null when there is none (any more) among the tenant's codes.</param>
    public Refusal? HandsOver(HandOver handOver, LiveCode? target)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        if (handOver.Enabled && CanHandOver(handOver, target) is { } refusal)
        {
            return refusal;
        }

        HandOver = handOver with { AfterPresses = handOver.When == HandOverWhen.AfterPresses ? handOver.AfterPresses : null };
        Version++;
        return null;
    }

    /// <summary>Meaningless for groups built by hand: nobody knows how many have left (D15).</summary>
    public Refusal? Recycles(bool recycle)
    {
        if (recycle && Kind == LiveCodeKind.Group && Building == Building.Manual)
        {
            return new Refusal("live-code.recycle-not-for-manual-groups", "循环利用只用于名片码和自动建群，手动群满了请添加新的群二维码", "recycle");
        }

        Recycle = recycle;
        Version++;
        return null;
    }

    /// <summary>What robots are to build for it, said once when it is made (F040–F042).</summary>
    /// <param name="groupsLeft">剩余自动建群数量.</param>
    public Refusal? Builds(AutoBuild auto, long groupsLeft)
    {
        ArgumentNullException.ThrowIfNull(auto);
        if (Building != Building.Auto)
        {
            return new Refusal("live-code.auto-not-for-manual", "手动建群没有群设置", "auto");
        }

        if (auto.CanBeBuilt(groupsLeft) is { } refusal)
        {
            return refusal;
        }

        Auto = auto;
        Version++;
        return null;
    }

    /// <summary>群设置 that may change later: 精准分流频率 of new groups, 自动补群, 黑名单 (F073, F085).</summary>
    public Refusal? Rebuilds(int memberThreshold, bool replenish, bool blacklist)
    {
        if (Building != Building.Auto)
        {
            return new Refusal("live-code.auto-not-for-manual", "手动建群没有群设置", "auto");
        }

        if (AutoBuild.CanSwitchAt(memberThreshold, "auto.memberThreshold") is { } refusal)
        {
            return refusal;
        }

        Auto = Auto with { MemberThreshold = memberThreshold, Replenish = replenish, Blacklist = blacklist };
        Version++;
        return null;
    }

    public void Turn(LiveCodeStatus status)
    {
        Status = status;
        Version++;
    }

    /// <param name="handsOverHere">Name of a code that hands its visitors over to this one; null when none does.</param>
    public Refusal? Delete(DateTimeOffset now, string? handsOverHere)
    {
        if (handsOverHere is not null)
        {
            return new Refusal("live-code.is-hand-over-target", $"「{handsOverHere}」会切换到这个活码，请先修改它的切换设置，再删除");
        }

        DeletedAt ??= now;
        Version++;
        return null;
    }

    /// <summary>Takes it out of the recycle bin, as it was: slots, counts, address and status.</summary>
    public Refusal? Restore(DateTimeOffset now)
    {
        if (DeletedAt is { } deletedAt && RecycleBin.Returns(deletedAt, PurgedAt, now) is { } refusal)
        {
            return refusal;
        }

        DeletedAt = null;
        Version++;
        return null;
    }

    /// <summary>Makes the deletion final. Nothing is taken away: its visits and its printed address still refer to it.</summary>
    public void Purge(DateTimeOffset now)
    {
        PurgedAt ??= now;
        Version++;
    }

    /// <param name="slotCount">How many slots it has now.</param>
    public Refusal? AddsSlot(int slotCount)
    {
        if (Building == Building.Auto)
        {
            return new Refusal("live-code.slots-by-robots", "自动建群的群二维码由机器人添加，请在「群管理」里查看");
        }

        if (slotCount >= Slot.MaxPerLiveCode)
        {
            return new Refusal("live-code.too-many-slots", $"一个活码最多 {Slot.MaxPerLiveCode} 个二维码，请先删除不用的");
        }

        Version++;
        return null;
    }

    /// <summary>To be called with every change of one of its slots, so that no cached page outlives the edit.</summary>
    public void SlotsChanged() => Version++;

    private Refusal? CanHandOver(HandOver handOver, LiveCode? target)
    {
        var other = Kind == LiveCodeKind.Group ? "名片码" : "群活码";
        return target switch
        {
            null when handOver.TargetId is null =>
                new Refusal("live-code.hand-over-without-target", $"请选择要切换到的{other}", "handOver.targetNumber"),
            null => new Refusal("live-code.hand-over-target-missing", $"要切换到的{other}已被删除，请重新选择", "handOver.targetNumber"),
            _ when target.Id == Id || target.Kind == Kind =>
                new Refusal("live-code.hand-over-same-kind", $"只能切换到{other}，请核对活码编号", "handOver.targetNumber"),
            _ when target.HandOver.Enabled && target.HandOver.TargetId == Id =>
                new Refusal("live-code.hand-over-loop", $"「{target.Name}」已经切换到这个活码，不能互相切换，请先关闭它的切换", "handOver.targetNumber"),
            _ when Kind == LiveCodeKind.Card && handOver.When != HandOverWhen.AfterPresses =>
                new Refusal("live-code.hand-over-when", "名片码只能在累计长按达到次数后切换，请填写长按次数", "handOver.when"),
            _ when handOver is { When: HandOverWhen.AfterPresses, AfterPresses: null or < 1 or > HandOver.MaxAfterPresses } =>
                new Refusal("live-code.hand-over-after-presses", $"请填写 1–{HandOver.MaxAfterPresses} 之间的长按次数", "handOver.afterPresses"),
            _ => null,
        };
    }
}
