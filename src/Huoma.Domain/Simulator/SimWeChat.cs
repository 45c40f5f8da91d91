namespace Huoma.Domain.Simulator;

/// <summary>
/// What accounts do to groups, and what WeChat makes of it. Robots who are in a group hear of it; how, <see cref="SimEars"/> knows.
/// The limits are those people report; see docs/specification.md, D.
/// </summary>
public sealed class SimWeChat(SimWorld world, DateTimeOffset now)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly SimEars ears = new(world, now);

    /// <summary>Makes a group with at least two friends.</summary>
    /// <param name="name">Empty: it stays unnamed.</param>
    public (SimGroup? Group, Refusal? Refusal) Create(string ownerId, IReadOnlyCollection<string> memberIds, string name)
    {
        ArgumentNullException.ThrowIfNull(memberIds);
        ArgumentNullException.ThrowIfNull(name);
        if (!world.People.TryGetValue(ownerId, out var owner))
        {
            return (null, SimRefusals.NobodyThere);
        }

        List<string> friends = [.. memberIds.Where(id => id != ownerId && owner.FriendIds.Contains(id)).Distinct(StringComparer.Ordinal)];
        while (owner.CreatedGroupsAt.Count > 0 && owner.CreatedGroupsAt[0] + Day <= now)
        {
            owner.CreatedGroupsAt.RemoveAt(0);
        }

        var refusal = friends.Count < 2 || friends.Count < memberIds.Distinct(StringComparer.Ordinal).Count(id => id != ownerId) ? SimRefusals.TooFewFriends
            : owner.CreatedGroupsAt.Count >= owner.GroupsPerDay ? SimRefusals.TooOften
            : world.Groups.Count >= SimWorld.MaxGroups ? SimRefusals.TooManyGroups
            : SimTexts.Length(SimTexts.Clean(name)) > SimWorld.NameMaxLength ? SimRefusals.BadName : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        owner.CreatedGroupsAt.Add(now);
        var group = new SimGroup($"{world.Digits(11)}@chatroom", ownerId, now);
        group.Name = SimTexts.Clean(name) is { Length: > 0 } given ? given : SimGroup.Unnamed;
        group.Members.Add(new SimMember(ownerId, null, now));
        friends.ForEach(id => group.Members.Add(new SimMember(id, ownerId, now)));
        world.Groups[group.Id] = group;
        GreyLine(group, $"{Quoted(ownerId)}邀请{string.Join('、', friends.Select(Quoted))}加入了群聊");
        return (group, null);
    }

    /// <summary>Adds a friend, who is not asked.</summary>
    /// <param name="hello">What he says with it.</param>
    public Refusal? Befriend(string personId, string otherId, string? hello)
    {
        if (world.Befriend(personId, otherId) is { } refusal)
        {
            return refusal;
        }

        foreach (var robot in world.Robots.Values.Where(robot => robot.AccountId == otherId))
        {
            ears.Befriended(robot, world.People[personId], hello);
        }

        return null;
    }

    public Refusal? Rename(string groupId, string byId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var clean = SimTexts.Clean(name);
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        if (group.Members.Count > SimGroup.RenameLimit && !group.IsLedBy(byId))
        {
            return SimRefusals.NotOwner;
        }

        if (SimTexts.Length(clean) is 0 or > SimWorld.NameMaxLength)
        {
            return SimRefusals.BadName;
        }

        var before = group.Name;
        if (before != clean)
        {
            group.Name = clean;
            GreyLine(group, $"{Quoted(byId)}修改群名为“{clean}”");
            ears.Renamed(group, before, byId);
        }

        return null;
    }

    /// <summary>群公告, which reaches everybody.</summary>
    public Refusal? Announce(string groupId, string byId, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        if (!group.IsLedBy(byId))
        {
            return SimRefusals.NotOwner;
        }

        if (string.IsNullOrWhiteSpace(text) || SimTexts.Length(text) > SimWorld.TextMaxLength)
        {
            return SimRefusals.BadText;
        }

        (group.Announcement, group.AnnouncedAt) = (text, now);
        var message = group.Append(new SimMessage(group.NextMessageId(), now, SimMessageKind.Announcement, byId, $"@所有人\n{text}"));
        ears.Said(group, message);
        return null;
    }

    public (SimMessage? Message, Refusal? Refusal) Say(string groupId, string byId, SimSaying saying)
    {
        ArgumentNullException.ThrowIfNull(saying);
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return (null, refusal);
        }

        if (saying.Refusal is { } bad)
        {
            return (null, bad);
        }

        List<string> mentioned = [.. saying.MentionIds.Where(group.Has).Distinct(StringComparer.Ordinal)];
        var text = SimTexts.WithMentions(saying.Text, mentioned, id => group.MemberOf(id) is { } member ? SimTexts.Clean(member.Alias ?? world.NameOf(id)) : null);
        var message = new SimMessage(group.NextMessageId(), now, saying.Kind, byId, text, mentioned.Count > 0 ? mentioned : null, saying.Url, saying.Description, saying.ThumbUrl);
        group.Append(message);
        ears.Said(group, message);
        return (message, null);
    }

    /// <summary>A QR of the group that is good for seven days; a new one each time.</summary>
    public (SimQr? Qr, Refusal? Refusal) IssueQr(string groupId, string byId)
    {
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return (null, refusal);
        }

        var qr = new SimQr($"https://weixin.qq.com/g/{world.Word(22)}", byId, now, now + SimGroup.QrLasts);
        group.Issue(qr);
        return (qr, null);
    }

    /// <summary>Where a QR leads, or why nowhere.</summary>
    public (SimGroup? Group, SimQr? Qr, Refusal? Refusal) Read(string text)
    {
        var found = world.Groups.Values.SelectMany(group => group.Qrs, (group, qr) => (group, qr)).FirstOrDefault(pair => pair.qr.Text == text);
        return found.group is null ? (null, null, SimRefusals.NoSuchQr)
            : found.group.DismissedAt is not null ? (null, null, SimRefusals.NoGroup)
            : (found.group, found.qr, found.qr.ExpiresAt <= now ? SimRefusals.QrExpired : null);
    }

    public (SimGroup? Group, Refusal? Refusal) JoinByQr(string personId, string text)
    {
        var (group, qr, refusal) = Read(text);
        if (!world.People.ContainsKey(personId))
        {
            return (null, SimRefusals.NobodyThere);
        }

        if (group is null || qr is null)
        {
            return (null, refusal ?? SimRefusals.NoSuchQr);
        }

        if (group.Has(personId))
        {
            return (group, null);
        }

        refusal ??= group.IsShut || group.Members.Count >= SimGroup.SizeLimit ? SimRefusals.Full : group.Members.Count >= SimGroup.QrJoinLimit ? SimRefusals.QrClosed : null;
        if (refusal is not null)
        {
            return (null, refusal);
        }

        Enter(group, [personId], qr.SharedById, $"{Quoted(personId)}通过扫描{Quoted(qr.SharedById)}分享的二维码加入群聊");
        return (group, null);
    }

    /// <summary>拉人: adds a friend; in a large group he is asked first.</summary>
    public Refusal? Add(string groupId, string byId, string personId)
    {
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        if (!world.People.TryGetValue(personId, out var person) || !person.FriendIds.Contains(byId))
        {
            return SimRefusals.NotFriend;
        }

        if (group.Has(personId))
        {
            return SimRefusals.AlreadyIn;
        }

        if (group.IsShut || group.Members.Count >= SimGroup.SizeLimit)
        {
            return SimRefusals.Full;
        }

        if (group.Members.Count > SimGroup.AddLimit)
        {
            person.Invitations.Add(new SimInvitation(world.Word(12), groupId, byId, now));
        }
        else
        {
            Enter(group, [personId], byId, $"{Quoted(byId)}邀请{Quoted(personId)}加入了群聊");
        }

        return null;
    }

    public Refusal? Accept(string personId, string invitationId)
    {
        if (!world.People.TryGetValue(personId, out var person) || person.Invitations.FirstOrDefault(one => one.Id == invitationId) is not { } invitation)
        {
            return SimRefusals.NobodyThere;
        }

        person.Invitations.Remove(invitation);
        if (world.GroupOf(invitation.GroupId) is not { } group)
        {
            return SimRefusals.NoGroup;
        }

        if (group.IsShut || group.Members.Count >= SimGroup.SizeLimit)
        {
            return SimRefusals.Full;
        }

        if (!group.Has(personId))
        {
            Enter(group, [personId], invitation.InviterId, $"{Quoted(invitation.InviterId)}邀请{Quoted(personId)}加入了群聊");
        }

        return null;
    }

    public Refusal? Leave(string groupId, string personId)
    {
        if (Refuses(groupId, personId, out var group) is { } refusal)
        {
            return refusal;
        }

        return group.OwnerId == personId ? SimRefusals.OwnerStays : Exit(group, personId, null, $"{Quoted(personId)}退出了群聊");
    }

    public Refusal? Kick(string groupId, string byId, string personId)
    {
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        return !group.IsLedBy(byId) ? SimRefusals.NotOwner
            : !group.Has(personId) ? SimRefusals.NotMember
            : group.OwnerId == personId ? SimRefusals.OwnerStays
            : group.AdminIds.Contains(personId) && group.OwnerId != byId ? SimRefusals.NotOwner
            : Exit(group, personId, byId, $"{Quoted(personId)}被{Quoted(byId)}移出群聊");
    }

    /// <summary>解散群聊.</summary>
    public Refusal? Dismiss(string groupId, string byId)
    {
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        if (group.OwnerId != byId)
        {
            return SimRefusals.NotOwner;
        }

        GreyLine(group, $"{Quoted(byId)}解散了群聊");
        ears.Dismissed(group);
        group.DismissedAt = now;
        return null;
    }

    /// <summary>管理员, at most three.</summary>
    public Refusal? Appoint(string groupId, string byId, string personId)
    {
        if (Refuses(groupId, byId, out var group) is { } refusal)
        {
            return refusal;
        }

        if (group.OwnerId != byId || (group.AdminIds.Count >= SimGroup.MaxAdmins && !group.AdminIds.Contains(personId)))
        {
            return SimRefusals.NotOwner;
        }

        if (!group.Has(personId))
        {
            return SimRefusals.NotMember;
        }

        if (!group.AdminIds.Contains(personId))
        {
            group.AdminIds.Add(personId);
        }

        return null;
    }

    private Refusal? Refuses(string groupId, string byId, out SimGroup group)
    {
        group = world.GroupOf(groupId)!;
        return group is null ? SimRefusals.NoGroup : group.Has(byId) ? null : SimRefusals.NotMember;
    }

    private void Enter(SimGroup group, IReadOnlyList<string> ids, string inviterId, string line)
    {
        List<SimMember> members = [.. ids.Select(id => new SimMember(id, inviterId, now))];
        members.ForEach(group.Members.Add);
        GreyLine(group, line);
        ears.Joined(group, members, inviterId);
    }

    private Refusal? Exit(SimGroup group, string personId, string? byId, string line)
    {
        GreyLine(group, line);
        // Before he is out: a robot that is removed hears of it itself.
        ears.Left(group, personId, byId);
        group.Members.Remove(group.MemberOf(personId)!);
        group.AdminIds.Remove(personId);
        return null;
    }

    private void GreyLine(SimGroup group, string text) => group.Append(new SimMessage(group.NextMessageId(), now, SimMessageKind.System, null, text));

    private string Quoted(string personId) => $"“{world.NameOf(personId)}”";
}

/// <summary>What somebody says in a group.</summary>
public sealed record SimSaying(SimMessageKind Kind, string Text, string? Url = null, string? Description = null, string? ThumbUrl = null)
{
    public IReadOnlyList<string> MentionIds { get; init; } = [];

    internal Refusal? Refusal => Kind switch
    {
        SimMessageKind.Text => string.IsNullOrWhiteSpace(Text) || SimTexts.Length(Text) > SimWorld.TextMaxLength ? SimRefusals.BadText : null,
        SimMessageKind.Image => Url is null ? SimRefusals.BadAddress : null,
        SimMessageKind.Link => string.IsNullOrWhiteSpace(Text) || Text.Length > 200 ? SimRefusals.BadText
            : !IsWebAddress(Url) || (ThumbUrl is not null && !IsWebAddress(ThumbUrl)) ? SimRefusals.BadAddress : null,
        _ => SimRefusals.BadText,
    };

    private static bool IsWebAddress(string? url) => url is { Length: <= 2048 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
