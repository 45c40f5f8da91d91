using System.Text;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.WeCom.Callbacks;

/// <summary>接收消息服务器: <c>/wecom/callback/{robot}</c>, where 企业微信 checks the address (GET) and tells what happened (POST). Public; the signature is the key.</summary>
internal static class TakeCallback
{
    private const int MaxBytes = 128 * 1024;

    /// <summary>The address is checked: who can read the echo is who it should be.</summary>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Verify(
        RobotId id, HttpRequest request, WeComRobotQueries robots, ILogger<CallbackIntake> log, CancellationToken ct)
    {
        // A plus in an address reads as a space.
        var echo = request.Query["echostr"].ToString().Replace(' ', '+');
        return await robots.FindAsync(id, ct) is { } robot && Open(robot, request, echo) is { } plain
            ? TypedResults.Bytes(Encoding.UTF8.GetBytes(plain), "text/plain")
            : Refuse(id, log);
    }

    /// <summary>200 with an empty body says that it is stored; anything else, that it should come again.</summary>
    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        RobotId id, HttpRequest request, WeComRobotQueries robots, CallbackIntake intake, ILogger<CallbackIntake> log, CancellationToken ct)
    {
        if (await ReadAsync(request, ct) is not { } body)
        {
            return TypedResults.Problem(Problems.OfStatus(StatusCodes.Status413PayloadTooLarge));
        }

        if (await robots.FindAsync(id, ct) is not { } robot || CallbackXml.Read(body)?.Text("Encrypt") is not { } encrypted || Open(robot, request, encrypted) is not { } plain)
        {
            return Refuse(id, log);
        }

        // For us by what was sealed with it; what stands in it says the same, or somebody mixed two up.
        if (CallbackXml.Read(plain) is not { } message || message.Text("ToUserName") != robot.CorpId)
        {
            return Refuse(id, log);
        }

        if (CallbackXml.ReadChange(message) is { } change)
        {
            await intake.StoreAsync(robot.Known, change, plain, ct);
        }

        return TypedResults.Ok();
    }

    private static string? Open(WeComRobot robot, HttpRequest request, string encrypted)
    {
        var query = request.Query;
        return robot.App is { } app
            && CallbackCrypto.IsSigned(app.CallbackToken, query["timestamp"].ToString(), query["nonce"].ToString(), encrypted, query["msg_signature"].ToString())
                ? CallbackCrypto.Decrypt(app.EncodingAesKey, encrypted, robot.CorpId) : null;
    }

    /// <summary>Always the same, whatever was wrong, and also for a robot that is not there.</summary>
    private static ProblemHttpResult Refuse(RobotId id, ILogger<CallbackIntake> log)
    {
        log.CallbackRefused(id);
        return Problems.Create(StatusCodes.Status403Forbidden, "wecom.callback-refused", "签名不正确，请检查 Token 和 EncodingAESKey 是否一致");
    }

    /// <summary>Null when it is too long.</summary>
    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
