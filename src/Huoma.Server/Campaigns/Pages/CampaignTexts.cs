using Huoma.Domain.Campaigns;

namespace Huoma.Server.Campaigns.Pages;

/// <summary>Everything participants read, in one place (spec B.16, F191–F196).</summary>
internal static class CampaignTexts
{
    public const string TokenIs = "您的邀请口令是:";
    public const string LongPressToCopy = "(长按复制)";
    public const string Copy = "复制";
    public const string Forward = "长按海报保存或转发给好友；好友通过您的海报或链接进群，任务进度会自动更新";
    public const string NoPoster = "海报暂时无法显示，请先复制下面的链接邀请好友";
    public const string SayIt = "请提醒好友：进群后在群里发送这个口令，可以更快确认";
    public const string Share = "也可以复制链接发给好友";
    public const string ShowProgress = "查看任务进度";
    public const string BackToPoster = "返回我的海报";
    public const string UseAvatar = "用微信头像生成海报";
    public const string AvatarMissed = "没有取得微信头像和昵称，现在的海报可以照常使用";
    public const string Snapshot = "请点击右下角“使用完整服务”";
    public const string SnapshotExplained = "当前是微信的网页快照，不能参加活动；点击后会自动继续";
    public const string EnterToken = "请输入邀请口令";
    public const string Look = "查询";
    public const string WrongToken = "口令不存在，请检查后重新输入";
    public const string Throttled = "操作太频繁，请稍后再试";
    public const string Completed = "恭喜!您已完成任务!";
    public const string Claim = "领取福利";
    public const string Claimed = "福利已领取";
    public const string OpenReward = "打开福利";
    public const string YourCode = "您的福利码";
    public const string OneTime = "这个链接只能打开一次，只在这部手机上有效";
    public const string Unknown = "没有找到这个活动，请核对链接或联系发布者";
    public const string NotBegun = "活动未开始";
    public const string Ended = "活动已结束";
    public const string Paused = "活动已暂停";
    public const string OutOfStock = "福利已领完";
    public const string OutOfStockExplained = "福利已全部领完，活动结束，感谢您的参与";
    public const string CodeOff = "店小二已下班";
    public const string NotYours = "请在参加任务的手机微信里打开本页，再领取福利";
    public const string NotCompleted = "还没有完成任务，暂时不能领取";
    public const string GiftUsed = "这个福利链接已经打开过";
    public const string GiftGone = "福利链接已失效，请从任务进度页重新打开";

    public const string Somebody = "一位参与者";
    public const string Privacy = "隐私说明与删除我的数据";
    public const string PrivacyTitle = "隐私说明";
    public const string Remove = "删除我的参与数据";
    public const string RemoveForGood = "确认删除，不再保留";
    public const string Removed = "您的参与数据已删除";
    public const string RemovedExplained = "您已计入的邀请只以匿名数字保留；如需再次参加，重新打开活动链接即可";
    public const string NothingToRemove = "这部手机上没有本活动的参与数据";
    public const string RemoveExpired = "页面停留太久，请重新操作";

    public static string StatusOf(string name) => $"您参与的任务 {name} 下的状态如下哦";

    public static string NicknameIs(string nickname) => $"微信昵称：{nickname}";

    public static string Extra(int extra) => $"您还超额邀请了 {extra} 人";

    public static string Missing(InviteProgress progress) => $"您已邀请 {progress.Invited} 人，还需邀请 {progress.Missing} 人";

    public static string Explain(CampaignStatus status) => status switch
    {
        CampaignStatus.NotBegun => "开始后即可生成海报，请到时再来",
        CampaignStatus.Paused => "主办方暂停了活动，恢复后可继续参加",
        _ => "感谢您的关注，可以查看自己的任务进度",
    };

    public static string TitleOf(CampaignStatus status) => status switch
    {
        CampaignStatus.NotBegun => NotBegun,
        CampaignStatus.Paused => Paused,
        _ => Ended,
    };

    public static string StateOf(Invitee friend) => friend switch
    {
        { State: InviteeState.Valid } => "有效",
        { State: InviteeState.Left } => "已退群",
        { State: InviteeState.NotCounted } => $"不计数：{WhyNot(friend.Reason)}",
        { IsToBeConfirmed: true } => "待确认：已有人入群，请好友在群里发送您的口令",
        _ => "待确认：还没有进群",
    };

    /// <summary>张三 as 张*: his inviter knows him, others need not.</summary>
    public static string Masked(string? name)
    {
        var first = (name ?? "").EnumerateRunes().FirstOrDefault();
        return first.Value == 0 ? "好友" : $"{first}*";
    }

    private static string WhyNot(UncountedReason reason) => reason switch
    {
        UncountedReason.Self => "不能邀请自己",
        UncountedReason.OldMember => "他之前已在群里",
        UncountedReason.OtherInviter => "他已被其他人邀请",
        UncountedReason.Ring => "互相邀请只计一次",
        UncountedReason.Late => "不在活动时间内",
        UncountedReason.SamePerson => "同一位好友只计一次",
        UncountedReason.Withdrawn => "他已删除自己的参与数据",
        _ => "主办方核对后未通过",
    };
}
