using Huoma.Domain.Robots;

namespace Huoma.Server.Groups;

/// <summary>Why a group could not be made, for operators: what happened and what to do.</summary>
internal static class GroupTexts
{
    public const string NotFound = "机器人的群列表里没有这个群，应该没有建成，请重试";
    public const string FoundSeveral = "机器人有多个同名的群，无法判断是哪一个，请在手机上核对后再处理";

    public const string Untold = "建群没有得到结果，也查不到机器人的群列表，请在手机上核对有没有这个群，再重试";

    public static string FailureOf(RobotCommand command) => command switch
    {
        { ErrorCode: ErrorCodes.RateLimited } => "建群太频繁，微信要求明天再试；可以换一个机器人重试",
        { ErrorCode: ErrorCodes.RobotOffline or ErrorCodes.RobotNotStarted } => "机器人不在线，请先让它登录，再重试",
        { State: CommandState.Expired } => "等待太久还没有轮到建群，请检查机器人是否在线，再重试",
        { ErrorCode: ErrorCodes.Unsupported } => "这个机器人不支持建群，请换一个机器人重试",
        { ErrorCode: ErrorCodes.BadRequest } => "机器人拒绝了建群的内容，请检查种子好友是否还是它的好友，再重试",
        _ => "建群没有成功，请稍后重试",
    };
}
