namespace Huoma.Domain.Campaigns;

/// <summary>裂变用户: a visitor who opened the 海报生成链接 and has a poster and a 口令 of his own.</summary>
public sealed class Participant : ITenantOwned
{
    /// <summary>Longer than the keys of codes and channels, so that no invitation is ever taken for either.</summary>
    public const int KeyLength = 10;

    public const int NicknameMaxLength = 64;

    private Participant()
    {
    }

    /// <param name="token">See <see cref="InviteToken"/>.</param>
    public Participant(ParticipantId id, FissionCampaign campaign, long visitorId, string key, string token, DateTimeOffset joinedAt)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        Id = id;
        TenantId = campaign.TenantId;
        CampaignId = campaign.Id;
        LiveCodeId = campaign.LiveCodeId;
        VisitorId = visitorId;
        Key = key;
        Token = token;
        JoinedAt = joinedAt;
    }

    public ParticipantId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public CampaignId CampaignId { get; private set; }

    public LiveCodeId LiveCodeId { get; private set; }

    public long VisitorId { get; private set; }

    /// <summary>The random part of his invitation's address <c>/q/{key}</c>, which is an entrance to the code.</summary>
    public string Key { get; private set; } = "";

    /// <summary>邀请口令.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Null: nobody told us.</summary>
    public string? Nickname { get; private set; }

    public string? Avatar { get; private set; }

    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>When the goal was reached for the first time; set once.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The goal of that moment: raising it later takes nothing back (D23).</summary>
    public int? CompletedGoal { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>The same person took part a second time, and that participation stands for both; null: this one stands.</summary>
    public ParticipantId? MergedInto { get; private set; }

    /// <summary>WeChat told who he is, after he tapped for it.</summary>
    /// <param name="avatar">Address of our own copy; null: he has none, or it could not be fetched.</param>
    public void Introduces(string nickname, string? avatar)
    {
        ArgumentNullException.ThrowIfNull(nickname);
        Nickname = Cut(nickname);
        Avatar = avatar ?? Avatar;
    }

    /// <summary>His cookie is that of the person he turned out to be.</summary>
    public void BelongsTo(long visitorId) => VisitorId = visitorId;

    internal void MergesInto(Participant stays)
    {
        MergedInto = stays.Id;
        stays.Nickname ??= Nickname;
        stays.Avatar ??= Avatar;
    }

    /// <summary>Friends turned out to be himself: what he reached by them is not reached. What was claimed stays claimed.</summary>
    public void CountedAnew(int invited)
    {
        if (ClaimedAt is null && CompletedGoal > invited)
        {
            (CompletedAt, CompletedGoal) = (null, null);
        }
    }

    // Not in the middle of a letter that takes two.
    private static string Cut(string name) => name.Length <= NicknameMaxLength ? name
        : name[..(char.IsHighSurrogate(name[NicknameMaxLength - 1]) ? NicknameMaxLength - 1 : NicknameMaxLength)];

    /// <summary>When his personal data were removed; his friends and his claim stay as numbers.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>His data go; his poster counts for nobody from now on, and his 口令 is no longer known (PIPL).</summary>
    /// <param name="nobody">A visitor's number that nobody has.</param>
    /// <param name="token">A 口令 that nobody has.</param>
    public void IsForgotten(long nobody, string token, DateTimeOffset now)
    {
        VisitorId = nobody;
        Token = token;
        Nickname = null;
        Avatar = null;
        RemovedAt ??= now;
    }
}

/// <summary>任务进度 of a participant, derived from his friends.</summary>
/// <param name="Valid">Friends who are in a group.</param>
/// <param name="Left">Friends who were.</param>
public readonly record struct InviteProgress(int Valid, int Left, int Pending, int Goal, bool DeductsLeavers, int? CompletedGoal, bool IsClaimed)
{
    /// <summary>已邀请: who left counts on, unless 退群后扣减 is on (D21).</summary>
    public int Invited => DeductsLeavers ? Valid : Valid + Left;

    /// <summary>
    /// 已完成: the goal of the moment it was reached is what counts (D23). With 退群后扣减 friends must stay until the reward was claimed;
    /// what was claimed is never taken back.
    /// </summary>
    public bool IsCompleted => CompletedGoal is { } goal && (IsClaimed || !DeductsLeavers || Invited >= goal);

    /// <summary>The goal was reached just now and nobody wrote it down yet.</summary>
    public bool Completes => CompletedGoal is null && Invited >= Goal;

    /// <summary>还需邀请.</summary>
    public int Missing => IsCompleted ? 0 : Math.Max(0, (CompletedGoal ?? Goal) - Invited);

    /// <summary>超额邀请 (D22).</summary>
    public int Extra => Math.Max(0, Invited - Goal);
}
