using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.WeCom;

/// <summary>Callbacks as 企业微信 sends them: encrypted and signed, written anew from its documents.</summary>
internal static class Callbacks
{
    public const string Token = "QDG6eK";
    public const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

    public static string Encrypt(string message, string receiver = FakeWeCom.CorpId, string key = AesKey)
    {
        var (text, tail) = (Encoding.UTF8.GetBytes(message), Encoding.UTF8.GetBytes(receiver));
        using var plain = new MemoryStream();
        plain.Write("0123456789abcdef"u8);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        plain.Write(length);
        plain.Write(text);
        plain.Write(tail);
        var padding = 32 - (int)(plain.Length % 32);
        plain.Write([.. Enumerable.Repeat((byte)padding, padding)]);
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(key + "=");
        return Convert.ToBase64String(aes.EncryptCbc(plain.ToArray(), aes.Key.AsSpan(0, 16), PaddingMode.None));
    }

    public static string Sign(string encrypted, string timestamp, string nonce, string token = Token)
    {
        string[] parts = [token, timestamp, nonce, encrypted];
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // Theirs.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }

    /// <summary>Something happened in a group.</summary>
    public static string Xml(FakeChat chat, DateTimeOffset at, string change, string detail = "", string more = "", string corpId = FakeWeCom.CorpId) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <xml><ToUserName><![CDATA[{corpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{at.ToUnixTimeSeconds()}</CreateTime>
        <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[{chat.Id}]]></ChatId>
        <ChangeType><![CDATA[{change}]]></ChangeType><UpdateDetail><![CDATA[{detail}]]></UpdateDetail><JoinScene>0</JoinScene>{more}
        <CurMemVer><![CDATA[{FakeChat.VersionText(chat.Version)}]]></CurMemVer></xml>
        """);

    public static string Left(string id, bool isRemoved = false) =>
        $"<QuitScene>{(isRemoved ? 1 : 0)}</QuitScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[{id}]]></Item></MemChangeList>";

    public static Task<HttpStatusCode> PostAsync(HuomaApp app, string robotId, string xml) => PostAsync(app, robotId, Encrypt(xml), token: Token);

    public static async Task<HttpStatusCode> PostAsync(HuomaApp app, string robotId, string encrypted, string token, string? body = null)
    {
        const string timestamp = "1763784000";
        const string nonce = "nonce1";
        using var http = app.CreateClient();
        var query = $"msg_signature={Sign(encrypted, timestamp, nonce, token)}&timestamp={timestamp}&nonce={nonce}";
        var content = body ?? $"<xml><ToUserName><![CDATA[{FakeWeCom.CorpId}]]></ToUserName><AgentID><![CDATA[1000014]]></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        using var answer = await http.PostAsync($"/wecom/callback/{robotId}?{query}", new StringContent(content, Encoding.UTF8, "text/xml"), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
