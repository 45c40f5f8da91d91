using Huoma.Domain.Robots;

namespace Huoma.Server.Groups.Rules;

/// <summary>Why something a robot was told did not work, for operators: what happened and what to do.</summary>
internal static class RuleTexts
{
    public const string CanNotKick = "这个机器人不支持踢人，请在手机上处理";
    public const string CanNotAnnounce = "这个机器人不支持群公告，可以关闭「@所有人」再发一次";
    public const string CanNotSend = "这个机器人不支持发送消息";
    public const string CanNotSendImage = "这个机器人不支持发送图片";
    public const string CanNotSendLink = "这个机器人不支持发送链接";
    public const string NoRobot = "这个群的机器人已删除，没有人可以发送";
    public const string NoGroup = "群已解散，或机器人已不在群里";
    public const string Unknown = "不知道有没有发出去，请在群里看一下；为避免重复，不会自动重发";

    public static string AnnouncementFailed(RobotCommand command) => command switch
    {
        { ErrorCode: ErrorCodes.NotOwner } => "机器人已不是群主，群公告发不出去；请把群主转回给机器人，再重试",
        { ErrorCode: ErrorCodes.RoomNotFound } => NoGroup,
        { ErrorCode: ErrorCodes.RateLimited } => "发送太频繁，微信要求稍后再发，请过一段时间重试",
        { ErrorCode: ErrorCodes.RobotOffline or ErrorCodes.RobotNotStarted } => "机器人不在线，请先让它登录，再重试",
        { ErrorCode: ErrorCodes.Expired } => "等待太久还没有轮到发送，请检查机器人是否在线，再重试",
        { ErrorCode: ErrorCodes.Unsupported } => "这个机器人不支持发送这样的内容",
        { ErrorCode: ErrorCodes.BadRequest } => "机器人不接受公告的内容，请检查图片和链接",
        _ => "没有发送成功，请稍后重试",
    };

    public static string KickFailed(string? code) => code switch
    {
        ErrorCodes.NotOwner => "机器人不是群主，也不是管理员，不能移出群成员",
        ErrorCodes.RoomNotFound => NoGroup,
        ErrorCodes.RobotOffline or ErrorCodes.RobotNotStarted or ErrorCodes.Expired => "机器人不在线，没有移出",
        ErrorCodes.Unsupported => CanNotKick,
        _ => "没有移出成功，请在群成员里再试一次",
    };

    public static string Lacking(string capability) => capability switch
    {
        CommandTypes.Announce => CanNotAnnounce,
        CommandTypes.Kick => CanNotKick,
        CommandTypes.SendImage => CanNotSendImage,
        CommandTypes.SendLink => CanNotSendLink,
        _ => CanNotSend,
    };
}
