using System.Text.RegularExpressions;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Desk;

/// <summary>企业微信 as the console sends it: where 「我的企业」 and the 自建应用 show it. What is missing when a robot is edited stays as it is.</summary>
/// <param name="CorpId">企业 ID.</param>
/// <param name="Secret">The app's Secret. Written only; no answer shows it.</param>
/// <param name="CallbackToken">Token of 接收消息服务器. Written only.</param>
/// <param name="EncodingAesKey">EncodingAESKey of the same, 43 letters and digits. Written only.</param>
internal sealed partial record WecomInput(string? CorpId, string? Secret, string? CallbackToken, string? EncodingAesKey)
{
    private const int CorpIdMaxLength = 64;

    public override string ToString() => nameof(WecomInput);

    /// <param name="isNew">Of a new robot everything must be there.</param>
    public void Check(FieldErrors errors, bool isNew)
    {
        CheckOne(errors, "wecom.corpId", CorpId, isNew, CorpIdPattern(), $"请填写「我的企业」里的企业 ID，最多 {CorpIdMaxLength} 位字母和数字");
        CheckOne(errors, "wecom.secret", Secret, isNew, SecretPattern(), "请填写自建应用的 Secret，由字母、数字、横线和下划线组成");
        CheckOne(errors, "wecom.callbackToken", CallbackToken, isNew, TokenPattern(), "Token 须为 1 到 32 位字母和数字");
        CheckOne(errors, "wecom.encodingAesKey", EncodingAesKey, isNew, KeyPattern(), "EncodingAESKey 须为 43 位字母和数字");
    }

    /// <summary>False when what stays can not be opened, so that everything has to be typed in again.</summary>
    public bool ApplyTo(Robot robot, SecretSeal seal)
    {
        var known = WecomApp.Open(robot.SealedApp, seal);
        if ((Secret.OrNone() ?? known?.Secret) is not { } secret || (CallbackToken.OrNone() ?? known?.CallbackToken) is not { } token
            || (EncodingAesKey.OrNone() ?? known?.EncodingAesKey) is not { } key || (CorpId.OrNone() ?? robot.CorpId) is not { } corpId)
        {
            return false;
        }

        var app = new WecomApp(secret, token, key);
        if (app != known || corpId != robot.CorpId)
        {
            app.GiveTo(robot, corpId, seal);
        }

        return true;
    }

    private static void CheckOne(FieldErrors errors, string field, string? value, bool isNew, Regex pattern, string message)
    {
        if (value.OrNone() is { } given ? !pattern.IsMatch(given) : isNew)
        {
            errors.Add(field, message);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CorpIdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SecretPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,32}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]{43}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}
