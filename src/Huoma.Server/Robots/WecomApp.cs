using System.Security.Cryptography;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Robots;

/// <summary>The secrets of a corporation's 自建应用: sealed in the database, opened only to speak for it.</summary>
/// <param name="Secret">For the access token.</param>
/// <param name="CallbackToken">Token of 接收消息服务器.</param>
/// <param name="EncodingAesKey">EncodingAESKey of the same.</param>
internal sealed record WecomApp(string Secret, string CallbackToken, string EncodingAesKey)
{
    /// <summary>Null when there are none, or they were sealed with another key.</summary>
    public static WecomApp? Open(string? sealedText, SecretSeal seal) =>
        sealedText is not null && seal.Open(sealedText) is { } json ? JsonSerializer.Deserialize<WecomApp>(json) : null;

    public void GiveTo(Robot robot, string corpId, SecretSeal seal)
    {
        var text = JsonSerializer.Serialize(this);
        robot.Uses(corpId, seal.Close(text), RobotTokens.HashOf(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + text));
    }

    // What a record writes of itself would end in a log one day.
    public override string ToString() => nameof(WecomApp);
}
