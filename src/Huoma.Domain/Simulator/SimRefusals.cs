namespace Huoma.Domain.Simulator;

/// <summary>What the imagined WeChat says when it does not do something, mostly in the real one's words.</summary>
public static class SimRefusals
{
    public static readonly Refusal NobodyThere = new("sim.nobody", "没有这个人");
    public static readonly Refusal NoGroup = new("sim.no-group", "没有这个群，或它已解散");
    public static readonly Refusal NotMember = new("sim.not-member", "不在这个群里");
    public static readonly Refusal NotOwner = new("sim.not-owner", "只有群主或管理员可以这样做");
    public static readonly Refusal TooFewFriends = new("sim.too-few-friends", "建群至少要有两位好友");
    public static readonly Refusal TooOften = new("sim.too-often", "创建群聊的频率过快，请明日再试");
    public static readonly Refusal NoSuchQr = new("sim.no-such-qr", "模拟器里没有这个二维码对应的群");
    public static readonly Refusal QrExpired = new("sim.qr-expired", "该二维码已过期");
    public static readonly Refusal QrClosed = new("sim.qr-closed", $"该群聊人数已达 {SimGroup.QrJoinLimit} 人，只可通过邀请进群");
    public static readonly Refusal Full = new("sim.full", $"群聊人数已达上限（{SimGroup.SizeLimit} 人）");
    public static readonly Refusal NotFriend = new("sim.not-friend", "只能邀请好友");
    public static readonly Refusal AlreadyIn = new("sim.already-in", "已经在群里");
    public static readonly Refusal OwnerStays = new("sim.owner-stays", "群主不能退出或被移出，请先解散群聊");
    public static readonly Refusal BadText = new("sim.text", $"请填写内容，最多 {SimWorld.TextMaxLength} 字", "text");
    public static readonly Refusal BadAddress = new("sim.address", "网址要以 http:// 或 https:// 开头", "url");
    public static readonly Refusal BadName = new("sim.name", $"请填写群名称，最多 {SimWorld.NameMaxLength} 个字", "name");
    public static readonly Refusal TooManyGroups = new("sim.too-many-groups", $"模拟器最多 {SimWorld.MaxGroups} 个群");
}
