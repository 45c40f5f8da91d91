using Huoma.Server.WeCom.Callbacks;

namespace Huoma.Server.Tests.WeCom;

/// <summary>The platform's own sample, and vectors worked out with other programs. The first has so short a padding that wrong code passes too.</summary>
public sealed class CallbackCryptoTests
{
    private const string Sample = "wx5823bf96d3bd56c7";

    private const string LongSample =
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT"
        + "+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4"
        + "EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

    [Theory]
    [InlineData("P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==", Sample, "1616140317555161061")]
    [InlineData("sKqRbbiSUnDhFHOvPjtUMTmgNAavxJKhMJkWlUciuZ9ARS2BlInHgWdSu0U45UT143797W/Qvk0cfrmIuyzEAQ==", FakeWeCom.CorpId, "<xml>你好</xml>")]
    [InlineData("sKqRbbiSUnDhFHOvPjtUMWzf2R8PrpMiTTPaicBgqZlBX6jXv0+6aEZ3xmeIB8i0Smfcw+QPqTCKI36NHJp//Q==", FakeWeCom.CorpId, "1616140317555161061")]
    [InlineData(
        "sKqRbbiSUnDhFHOvPjtUMdXlACc4D9Lt3EjmHEnYrM6GplZrvPK5cp5Fl70G5kUcFwozkB3RlYs9KqQXPoUYMWMuF9Mz++krRSIQ5jEmJzaiCZs3RACQLiqTQ1ohy4jg", FakeWeCom.CorpId, "xxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void Decrypt_ReadsTheVectors(string encrypted, string receiver, string message)
    {
        CallbackCrypto.Decrypt(Callbacks.AesKey, encrypted, receiver).ShouldBe(message);
        CallbackCrypto.Decrypt(Callbacks.AesKey, encrypted, "wwSOMEBODYELSE").ShouldBeNull();
    }

    [Fact]
    public void Decrypt_ReadsTheSample_WhosePaddingIsLongerThanTheFrameworksBlocks()
    {
        var message = CallbackCrypto.Decrypt(Callbacks.AesKey, LongSample, Sample).ShouldNotBeNull();

        message.Length.ShouldBe(284);
        var xml = CallbackXml.Read(message).ShouldNotBeNull();
        (xml.Text("Content"), xml.Text("FromUserName"), xml.Text("MsgId")).ShouldBe(("hello", "mycreate", "4561255354251345929"));
        CallbackXml.ReadChange(xml).ShouldBeNull();
    }

    [Theory]
    [InlineData("1409659589", "263014780", "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3")]
    [InlineData("1409659813", "1372623149", LongSample, "477715d11cdb4164915debcba66cb864d751f3e6")]
    [InlineData("1700000000", "nonce1", "sKqRbbiSUnDhFHOvPjtUMTmgNAavxJKhMJkWlUciuZ9ARS2BlInHgWdSu0U45UT143797W/Qvk0cfrmIuyzEAQ==", "06025d216ce61948b92b848f04588b864b46e6fc")]
    [InlineData("1700000000", "nonce1", "sKqRbbiSUnDhFHOvPjtUMWzf2R8PrpMiTTPaicBgqZlBX6jXv0+6aEZ3xmeIB8i0Smfcw+QPqTCKI36NHJp//Q==", "296270824a71c666829d057e190df54e9868428d")]
    public void IsSigned_KnowsTheVectors(string timestamp, string nonce, string encrypted, string signature)
    {
        CallbackCrypto.IsSigned(Callbacks.Token, timestamp, nonce, encrypted, signature).ShouldBeTrue();
        CallbackCrypto.IsSigned("QDG6eL", timestamp, nonce, encrypted, signature).ShouldBeFalse();
        CallbackCrypto.IsSigned(Callbacks.Token, timestamp, nonce + "0", encrypted, signature).ShouldBeFalse();
        CallbackCrypto.IsSigned(Callbacks.Token, timestamp, nonce, encrypted, signature.ToUpperInvariant()).ShouldBeFalse();
        CallbackCrypto.IsSigned(Callbacks.Token, timestamp, nonce, encrypted, "").ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Decrypt_RefusesWhatIsNoMessage(string encrypted) => CallbackCrypto.Decrypt(Callbacks.AesKey, encrypted, FakeWeCom.CorpId).ShouldBeNull();

    [Theory]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"b\">]><xml>&a;</xml>")]
    [InlineData("<!DOCTYPE xml SYSTEM \"file:///etc/passwd\"><xml></xml>")]
    [InlineData("<other/>")]
    [InlineData("<xml>")]
    [InlineData("")]
    public void Xml_RefusesDocumentTypes_AndWhatIsNone(string text) => CallbackXml.Read(text).ShouldBeNull();
}
