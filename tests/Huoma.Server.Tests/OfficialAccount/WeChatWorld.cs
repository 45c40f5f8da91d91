using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Huoma.Server.Tests.Campaigns;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.OfficialAccount;

/// <summary>Where somebody was sent to say who he is.</summary>
internal sealed record Sent(Uri Address)
{
    public string Of(string name) => System.Web.HttpUtility.ParseQueryString(Address.Query)[name] ?? "";

    public string State => Of("state");

    /// <summary>Below our own host.</summary>
    public string Back => new Uri(Of("redirect_uri")).AbsolutePath;
}

/// <summary>A server with a 公众号, one campaign, and people with phones. No robots.</summary>
internal sealed partial class WeChatWorld : IAsyncDisposable
{
    private WeChatWorld(FakeWeChat weChat, HuomaApp app, Operator console, JsonElement campaign)
    {
        WeChat = weChat;
        App = app;
        Console = console;
        Campaign = campaign;
    }

    public FakeWeChat WeChat { get; }

    public HuomaApp App { get; }

    public Operator Console { get; }

    public JsonElement Campaign { get; }

    public string Key => Campaign.Text("key");

    public static async Task<WeChatWorld> StartAsync(Store store, IReadOnlyDictionary<string, string?>? more = null, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? services = null)
    {
        var weChat = await FakeWeChat.StartAsync();
        var settings = weChat.Settings;
        foreach (var (key, value) in more ?? new Dictionary<string, string?>())
        {
            settings[key] = value;
        }

        var app = await HuomaApp.StartAsync(store, settings, services: services);
        var console = new Operator(await app.SignInAsync());
        return new WeChatWorld(weChat, app, console, await console.CreateCampaignAsync(await console.CreateAutoCodeAsync()));
    }

    public Phone NewPhone() => new(App.Visitor());

    public Task<SeenPage> OpenAsync(Phone phone, string rest = "") => phone.OpenAsync(HttpMethod.Get, $"/t/{Key}{rest}");

    /// <summary>Opens a page, which sends him to WeChat.</summary>
    public async Task<Sent> LeaveAsync(Phone phone, string rest = "") => SentBy(await OpenAsync(phone, rest));

    public static Sent SentBy(SeenPage page)
    {
        page.Status.ShouldBe(HttpStatusCode.Found, page.Html);
        return new Sent(page.Answer.Headers.Location.ShouldNotBeNull());
    }

    /// <summary>Comes back from there; where he is sent then.</summary>
    public static Task<SeenPage> ReturnAsync(Phone phone, Sent sent, string? code) =>
        phone.OpenAsync(HttpMethod.Get, $"{sent.Back}?{(code is null ? "" : $"code={code}&")}state={sent.State}");

    /// <summary>Signs in on this phone as WeChat does it by itself, and sees the poster.</summary>
    public async Task<SeenPage> SignInAsync(Phone phone, string openId, string rest = "")
    {
        var sent = await LeaveAsync(phone, rest);
        LocationOf(await ReturnAsync(phone, sent, WeChat.Code(openId))).ShouldBe($"/t/{Key}{rest}");
        return await OpenAsync(phone, rest);
    }

    public static string LocationOf(SeenPage page)
    {
        page.Status.ShouldBe(HttpStatusCode.Found, page.Html);
        return page.Answer.Headers.Location.ShouldNotBeNull().OriginalString;
    }

    public static string TokenOf(SeenPage page) => TokenPattern().Match(page.Html) is { Success: true } match ? match.Groups["token"].Value : throw new InvalidOperationException(page.Html);

    public static string InvitationOf(SeenPage page) => InvitationPattern().Match(page.Html).Groups["key"].Value;

    public async Task<IReadOnlyList<JsonElement>> ParticipantsAsync() => [.. (await Console.GetAsync($"campaigns/{Campaign.Id()}/participants?pageSize=100")).At("items").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await WeChat.DisposeAsync();
    }

    [GeneratedRegex("id=\"token\">(?<token>[^<]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenPattern();

    [GeneratedRegex("/q/(?<key>[^<\"]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InvitationPattern();
}
