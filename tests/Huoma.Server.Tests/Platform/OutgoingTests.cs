using System.Net;
using System.Net.Sockets;
using Huoma.Server.Platform.Outgoing;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Huoma.Server.Tests.Notices;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Tests.Platform;

/// <summary>Addresses that tenants type lead nowhere inside: nothing connects, and the answer is always the same.</summary>
public sealed class OutgoingTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("１２７.0.0.1")]
    public async Task Channel_LeadsNowhereInside(string host)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await NoticeDesk.OpenAsync(app);
        using var canary = new Canary(host.Contains(':') ? IPAddress.IPv6Any : IPAddress.Any);

        var created = desk.Desk.PostAsync("notice-channels", new { kind = "wecom", name = "x", url = $"https://{host}:{canary.Port}/x" });
        var channel = await created.JsonAsync(HttpStatusCode.Created);
        var answer = await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync();

        answer.Flag("isTaken").ShouldBeFalse();
        answer.Text("answer").ShouldStartWith("不能发送到内网或本机地址");
        canary.WasTouched.ShouldBeFalse();
    }

    [Fact]
    public async Task PlainHttp_IsRefused_WhereNothingInsideIsAllowed()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var desk = await Desk.OpenAsync(app);

        await desk.PostAsync("notice-channels", new { kind = "wecom", name = "x", url = "http://a.example.com/x" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "url");
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var app = await NoticeDesk.StartAsync(Store.Sqlite);
        await using var receiver = await Receiver.StartAsync();
        using var canary = new Canary(IPAddress.Any);
        receiver.RedirectsTo = $"http://127.0.0.1:{canary.Port}/inside";
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);

        var answer = await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync();

        answer.Text("answer").ShouldContain("跳转");
        canary.WasTouched.ShouldBeFalse();
    }

    [Fact]
    public async Task Allowed_IsOnlyWhatTheSettingNames()
    {
        await using var app = await NoticeDesk.StartAsync(Store.Sqlite);
        await using var receiver = await Receiver.StartAsync("127.0.0.2");
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);

        (await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync()).Text("answer").ShouldStartWith("不能发送到内网或本机地址");
        receiver.Got.ShouldBeEmpty();
    }

    [Fact]
    public async Task MailServer_IsCheckedLikeAnyOther()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        await using var server = new MailServer();
        var desk = await NoticeDesk.OpenAsync(app);
        var smtp = new { host = "localhost", port = server.Port, security = "none", from = "a@example.com", to = (string[])["b@example.com"] };
        var channel = await desk.ChannelAsync(new { kind = "email", name = "邮件", smtp });

        (await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync()).Text("answer").ShouldStartWith("不能发送到内网或本机地址");
        server.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2400:3200::1", true)]
    public void Addresses_AreToldApart(string address, bool isPublic) => PublicAddresses.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("8.8.8.8", 22, false, "只能使用端口")]
    [InlineData("8.8.8.8", 443, true, "https")]
    public async Task PublicAddresses_AreAskedByTls_OnTheUsualPort(string host, int port, bool isPlain, string message)
    {
        var connections = new GuardedConnections(Options.Create(new OutgoingOptions()));

        var refused = await Should.ThrowAsync<AddressRefusedException>(() => connections.ConnectAsync(host, port, isPlain, [443], TestContext.Current.CancellationToken));

        refused.Message.ShouldContain(message);
    }

    /// <summary>Somebody inside who would notice being asked.</summary>
    private sealed class Canary : IDisposable
    {
        private readonly TcpListener listener;

        public Canary(IPAddress address)
        {
            listener = new TcpListener(address, 0);
            listener.Start();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public bool WasTouched => listener.Pending();

        public void Dispose() => listener.Dispose();
    }
}
