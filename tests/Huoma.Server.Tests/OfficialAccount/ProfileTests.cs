using System.Collections.Concurrent;
using System.Net;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>Nickname and avatar, after a tap and with consent.</summary>
public sealed class ProfileTests
{
    [Theory, BothStores]
    public async Task Tap_BringsNicknameAndAvatar(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        var poster = await world.SignInAsync(phone, "oWang");
        poster.Html.ShouldContain("用微信头像生成海报");

        var sent = await world.LeaveAsync(phone, "/avatar");
        sent.Of("scope").ShouldBe("snsapi_userinfo");
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang", withProfile: true))).ShouldBe($"/t/{world.Key}");

        var page = await world.OpenAsync(phone);
        WeChatWorld.TokenOf(page).ShouldBe(WeChatWorld.TokenOf(poster));
        page.Html.ShouldNotContain("用微信头像生成海报");
        WebUtility.HtmlDecode((await world.OpenAsync(phone, "/progress")).Html).ShouldContain("微信昵称：小王😀");
        var participant = (await world.ParticipantsAsync()).ShouldHaveSingleItem();
        participant.Text("nickname").ShouldBe("小王😀");
        participant.Text("avatarUrl").ShouldStartWith("/m/");
        var avatar = await phone.Http.GetAsync(participant.Text("avatarUrl"), TestContext.Current.CancellationToken);
        avatar.Content.Headers.ContentType?.MediaType.ShouldBe("image/jpeg");
        var address = System.Text.RegularExpressions.Regex.Match(page.Html, "src=\"(/t/[^\"]+jpg)\"").Groups[1].Value;
        (await phone.Http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Somebody who looks by the 口令 sees no name.
        using var form = new FormUrlEncodedContent([new("token", WeChatWorld.TokenOf(page))]);
        var looked = await (await world.NewPhone().Http.PostAsync($"/t/{world.Key}/progress", form, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        looked.ShouldNotContain("小王");
        (await world.Console.GetAsync($"campaigns/{world.Campaign.Id()}/participants?q=%E5%B0%8F%E7%8E%8B")).Number("total").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Removal_LeavesNothingThatTellsWhoHeWas(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var (phone, other) = (world.NewPhone(), world.NewPhone());
        var token = WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang"));
        WeChatWorld.TokenOf(await world.SignInAsync(other, "oWang")).ShouldBe(token);

        var participant = (await world.ParticipantsAsync()).ShouldHaveSingleItem();
        await world.Console.SendAsync(HttpMethod.Delete, $"participants/{participant.Id()}/personal-data");

        await using (var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken))
        {
            foreach (var table in new[] { "visitor_identities", "visitor_people", "wechat_sign_ins" })
            {
                (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}")).ShouldBe(0, table);
            }
        }

        WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang")).ShouldNotBe(token, "he begins anew");
    }

    [Theory, BothStores]
    public async Task Refusal_AndErrors_AreSaidAndHarmless(Store store)
    {
        await using var world = await WeChatWorld.StartAsync(store);
        var phone = world.NewPhone();
        var token = WeChatWorld.TokenOf(await world.SignInAsync(phone, "oWang"));

        var refused = await WeChatWorld.ReturnAsync(phone, await world.LeaveAsync(phone, "/avatar"), code: null);
        WeChatWorld.LocationOf(refused).ShouldBe($"/t/{world.Key}?wx=no");
        var page = await world.OpenAsync(phone, "?wx=no");
        page.Html.ShouldContain("没有取得微信头像和昵称");
        WeChatWorld.TokenOf(page).ShouldBe(token);

        foreach (var errcode in new[] { 48001, 40001, 42001, 42007 })
        {
            world.WeChat.Fail("userinfo", errcode);
            var sent = await world.LeaveAsync(phone, "/avatar");
            WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, sent, world.WeChat.Code("oWang", withProfile: true))).ShouldBe($"/t/{world.Key}?wx=no");
        }

        (await world.ParticipantsAsync()).ShouldHaveSingleItem().IsNull("nickname").ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://127.0.0.1/avatar")]
    [InlineData("https://evil.example/qlogo.cn/1.jpg")]
    [InlineData("https://thirdwx.qlogo.cn.evil.example/1.jpg")]
    [InlineData("https://thirdwx.qlogo.cn:8443/1.jpg")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@thirdwx.qlogo.cn/1.jpg")]
    [InlineData("")]
    public async Task Avatar_FromElsewhere_IsNotFetched_AndTheNameIsKept(string address)
    {
        await using var world = await WeChatWorld.StartAsync(Store.Sqlite);
        world.WeChat.AvatarAddress = address;

        var participant = await AskAsync(world);

        (participant.Text("nickname"), participant.IsNull("avatarUrl")).ShouldBe(("小王😀", true));
    }

    [Fact]
    public async Task Avatar_ThatIsNoPictureOrTooLarge_IsLeftOut()
    {
        await using var world = await WeChatWorld.StartAsync(Store.Sqlite);
        world.WeChat.Avatar = "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray();
        (await AskAsync(world)).IsNull("avatarUrl").ShouldBeTrue();

        await using var other = await WeChatWorld.StartAsync(Store.Sqlite);
        other.WeChat.Avatar = [.. MadePictures.Jpeg(MadePictures.Quarters(132, 132)), .. new byte[1024 * 1024]];
        (await AskAsync(other)).IsNull("avatarUrl").ShouldBeTrue();
    }

    [Fact]
    public async Task Logs_TellNothingOfPeopleOrSecrets()
    {
        using var lines = new Lines();
        await using var world = await WeChatWorld.StartAsync(
            Store.Sqlite, services: added => added.AddLogging(logging => logging.AddProvider(lines).AddFilter<Lines>(_ => true)));
        var phone = world.NewPhone();
        await world.SignInAsync(phone, "oPersonInLogs");
        var sent = await world.LeaveAsync(phone, "/avatar");
        var code = world.WeChat.Code("oPersonInLogs", withProfile: true);
        world.WeChat.Fail("userinfo", 48001);
        await WeChatWorld.ReturnAsync(phone, sent, code);
        world.WeChat.Fail("access_token", 40125);
        await WeChatWorld.ReturnAsync(phone, await world.LeaveAsync(phone, "/avatar"), "codeInLogs");

        lines.All.ShouldContain(line => line.Contains("userinfo", StringComparison.Ordinal));
        var secrets = new[] { "oPersonInLogs", FakeWeChat.Secret, "codeInLogs", sent.State, "token-1", "ticket-1", "小王" };
        lines.All.Where(line => !line.Contains("Executed DbCommand", StringComparison.Ordinal) && Array.Exists(secrets, secret => line.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static async Task<System.Text.Json.JsonElement> AskAsync(WeChatWorld world)
    {
        var phone = world.NewPhone();
        await world.SignInAsync(phone, "oWang");
        WeChatWorld.LocationOf(await WeChatWorld.ReturnAsync(phone, await world.LeaveAsync(phone, "/avatar"), world.WeChat.Code("oWang", withProfile: true))).ShouldBe($"/t/{world.Key}");
        return (await world.ParticipantsAsync()).ShouldHaveSingleItem();
    }

    /// <summary>What our own code logs.</summary>
    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(All, categoryName);

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Logger(ConcurrentQueue<string> all, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => category.StartsWith("Huoma", StringComparison.Ordinal) || category.StartsWith("System.Net.Http", StringComparison.Ordinal);

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                all.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
