using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns;

/// <summary>A participant with his phone.</summary>
internal sealed record Inviter(Phone Phone, string Token, string Key);

/// <summary>A running campaign: a robot with a group, an operator, and people with phones.</summary>
internal sealed partial class CampaignWorld : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Often = new(StringComparer.Ordinal) { ["Huoma:Groups:LookSeconds"] = "1" };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private CampaignWorld(HuomaApp app, Operator console, RoomWorld robot)
    {
        App = app;
        Console = console;
        Robot = robot;
    }

    public HuomaApp App { get; }

    public Operator Console { get; }

    public RoomWorld Robot { get; }

    public JsonElement Code { get; private set; }

    public JsonElement Campaign { get; private set; }

    public string Room { get; private set; } = "";

    public string Key => Campaign.Text("key");

    /// <param name="before">What happens in the groups before the campaign is made.</param>
    public static async Task<CampaignWorld> StartAsync(
        Store store, object? reward = null, int goal = 2, bool blacklist = false, int groups = 1, Func<CampaignWorld, Task>? before = null, IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var all = new Dictionary<string, string?>(Often, StringComparer.Ordinal);
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        var app = await HuomaApp.StartAsync(store, all, services: services);
        var console = new Operator(await app.SignInAsync());
        var world = new CampaignWorld(app, console, await RoomWorld.ConnectAsync(app, console));
        world.Code = await console.CreateAutoCodeAsync(groups: groups, blacklist: blacklist);
        var made = await console.GroupsAsync(
            world.Code, list => list.Count == groups && list.All(group => group.Text("state") is "serving" or "waiting" && group.Number("members") == 3));
        world.Room = made.Single(group => group.Text("state") == "serving").Text("roomId");
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        if (before is not null)
        {
            await before(world);
        }

        world.Campaign = await console.CreateCampaignAsync(world.Code, reward, goal);
        return world;
    }

    public Phone NewPhone() => new(App.Visitor());

    public async Task<Inviter> TakePartAsync(Phone? phone = null)
    {
        phone ??= NewPhone();
        return InviterOn(phone, await phone.OpenAsync(HttpMethod.Get, $"/t/{Key}"));
    }

    /// <summary>Who sees this poster on this phone.</summary>
    public static Inviter InviterOn(Phone phone, SeenPage page)
    {
        page.State.ShouldBe("poster", page.Html);
        return new Inviter(phone, Token().Match(page.Html).Groups["token"].Value, Invitation().Match(page.Html).Groups["key"].Value);
    }

    /// <summary>Somebody opens an invitation; it is recorded when this returns.</summary>
    public async Task<Phone> ScanAsync(Inviter inviter, Phone? phone = null)
    {
        phone ??= NewPhone();
        var before = (await InviteesAsync(inviter)).Count;
        var page = await phone.ScanAsync(inviter.Key);
        page.State.ShouldBe("qr", page.Html);
        await UntilAsync(async () => (await InviteesAsync(inviter)).Count > before);
        return phone;
    }

    /// <summary>Somebody joins the group, and was heard of when this returns.</summary>
    public async Task JoinAsync(string memberId)
    {
        App.Clock.Advance(TimeSpan.FromSeconds(10));
        await Robot.JoinAsync(Room, memberId);
        await Console.MembersAsync(await GroupIdAsync(), ids => ids.Contains(memberId));
    }

    public async Task LeaveAsync(string memberId)
    {
        await Robot.LeaveAsync(Room, memberId);
        await Console.MembersAsync(await GroupIdAsync(), ids => !ids.Contains(memberId));
    }

    /// <summary>A member says something in the group.</summary>
    public Task SayAsync(string memberId, string text) => Robot.ReportAsync("room.message", new
    {
        msgId = Guid.NewGuid().ToString(),
        roomId = Room,
        senderId = memberId,
        senderName = $"成员{memberId}",
        type = "text",
        text,
        mentionIds = Array.Empty<string>(),
        at = App.Clock.GetUtcNow(),
    });

    /// <summary>A new friend scans, joins and says the 口令.</summary>
    public async Task<Phone> BringAsync(Inviter inviter, string memberId)
    {
        var phone = await ScanAsync(inviter);
        await JoinAsync(memberId);
        await SayAsync(memberId, $"我来啦，口令 {inviter.Token}");
        await UntilAsync(async () => (await InviteesAsync(inviter)).Any(friend => friend.Text("state") == "valid" && friend.Text("evidence") == "said" && friend.At("nickname").GetString() == $"成员{memberId}"));
        return phone;
    }

    public async Task<JsonElement> ParticipantAsync(Inviter inviter) =>
        (await Console.GetAsync($"campaigns/{Campaign.Id()}/participants?q={inviter.Token}")).At("items").EnumerateArray().Single();

    public async Task<IReadOnlyList<JsonElement>> InviteesAsync(Inviter inviter) =>
        [.. (await Console.GetAsync($"participants/{(await ParticipantAsync(inviter)).Id()}/invitees?pageSize=100")).At("items").EnumerateArray()];

    public async Task<JsonElement> OnlyInviteeAsync(Inviter inviter) => (await InviteesAsync(inviter)).ShouldHaveSingleItem();

    public Task<SeenPage> ProgressAsync(Phone phone) => phone.OpenAsync(HttpMethod.Get, $"/t/{Key}/progress");

    public async Task<SeenPage> PostAsync(Phone phone, string path, string? token = null)
    {
        using var form = new FormUrlEncodedContent(token is null ? [] : new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token });
        var answer = await phone.Http.PostAsync($"/t/{Key}/{path}", form, TestContext.Current.CancellationToken);
        return new SeenPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    public Task<SeenPage> ClaimAsync(Phone phone) => PostAsync(phone, "claim");

    public async Task StockAsync(params string[] codes)
    {
        using var form = new MultipartFormDataContent { { new StringContent(string.Join('\n', codes)), "file", "codes.csv" } };
        await Console.Http.PostAsync($"/api/v1/campaigns/{Campaign.Id()}/reward-codes", form, TestContext.Current.CancellationToken).JsonAsync(HttpStatusCode.OK);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            (watch.Elapsed < (patience ?? Patience)).ShouldBeTrue("it did not come about");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Robot.DisposeAsync();
        await App.DisposeAsync();
    }

    public async Task<string> GroupIdAsync() => (await Console.GetAsync($"codes/{Code.Id()}/groups")).At("items")[0].Id();

    [GeneratedRegex("id=\"token\">(?<token>[^<]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("/q/(?<key>[^<\"]*)<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Invitation();
}
