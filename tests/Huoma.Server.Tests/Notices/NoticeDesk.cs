using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Huoma.Domain.Notices;
using Huoma.Domain.Visits;
using Huoma.Server.Notices.Sending;
using Huoma.Server.Notices.Watch;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Notices;

/// <summary>An operator who is told things, on a server whose jobs run when the test says so.</summary>
internal sealed partial class NoticeDesk
{
    public const string PublicUrl = "https://hm.example.com";

    /// <summary>The fake receivers are on this machine; no test but those of the guard may reach anything else.</summary>
    public static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Huoma:Outgoing:AllowNetworks"] = "127.0.0.1/32",
        ["Huoma:PublicUrl"] = PublicUrl,
    };

    private NoticeDesk(HuomaApp app, Desk desk)
    {
        App = app;
        Desk = desk;
    }

    public HuomaApp App { get; }

    public Desk Desk { get; }

    public DateTimeOffset Now => App.Clock.GetUtcNow();

    public static async Task<NoticeDesk> OpenAsync(HuomaApp app) => new(app, await Desk.OpenAsync(app));

    public static Task<HuomaApp> StartAsync(Store store) => HuomaApp.StartAsync(store, Settings);

    public static Task WatchAsync(HuomaApp app) => app.Services.GetRequiredService<NoticeWatch>().RunAsync(TestContext.Current.CancellationToken);

    public static Task SendAsync(HuomaApp app) => app.Services.GetRequiredService<NoticeSending>().RunAsync(TestContext.Current.CancellationToken);

    public async Task PassAsync(TimeSpan time)
    {
        App.Clock.Advance(time);
        await WatchAsync(App);
    }

    /// <summary>A code with a slot that expires then, and others so that nothing else is worth a notice.</summary>
    public async Task<(string CodeId, JsonElement Slot)> ExpiringAsync(TimeSpan lasts, string name = "读书会", string slotName = "一群")
    {
        var code = (await Desk.CreateCodeAsync(name)).Text("id");
        var far = Desk.Iso(Now.AddDays(90));
        var slot = await Desk.AddSlotAsync(code, new { imageId = await Desk.PictureAsync(), name = slotName, threshold = 100, expiresAt = Desk.Iso(Now + lasts) });
        await Desk.AddSlotAsync(code, new { imageId = await Desk.PictureAsync(), name = "二群", threshold = 100, expiresAt = far });
        await Desk.AddSlotAsync(code, new { imageId = await Desk.PictureAsync(), name = "三群", threshold = 100, expiresAt = far });
        return (code, slot);
    }

    public async Task<JsonElement> ChannelAsync(object request) => await Desk.PostAsync("notice-channels", request).JsonAsync(HttpStatusCode.Created);

    public Task<JsonElement> WecomAsync(Receiver receiver, object? quiet = null) =>
        ChannelAsync(new { kind = "wecom", name = "运营群", url = receiver.Url("/cgi-bin/webhook/send?key=canary-4f1a"), quiet });

    // Signed in anew: days may have passed.
    public async Task<IReadOnlyList<JsonElement>> NoticesAsync() => [.. (await (await ConsoleAsync()).GetAsync("notices?pageSize=100")).At("items").EnumerateArray()];

    /// <summary>Kind and stage of every notice, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync() =>
        [.. (await NoticesAsync()).Reverse().Select(notice => notice.Text("kind") + (notice.IsNull("hoursBefore") ? "" : $"-{notice.Number("hoursBefore")}"))];

    public async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(JsonElement channel) =>
        [.. (await (await ConsoleAsync()).GetAsync($"notice-channels/{channel.Id()}/deliveries?pageSize=100")).At("items").EnumerateArray()];

    public async Task<Operator> ConsoleAsync() => new(await App.SignInAsync());

    /// <summary>As if so many slots came near their end in the same minute.</summary>
    public async Task TellManyAsync(int count, NoticeKind kind = NoticeKind.SlotExpiring, int first = 1)
    {
        var code = new CodeUnderWatch(new LiveCodeId(77), Desk.Tenant, "大促活动", [], default);
        var events = Enumerable.Range(first, count).Select(number => WatchedEvent.Of(code, new NoticeEvent(
            $"test:{kind}:{number}", kind,
            new WatchedSlot(new SlotState(new SlotId(number + 1), 1, enabled: true, Now.AddHours(20), 100, 0), $"第{number}群", new ImageId(number)), 24, null, null))).ToList();
        (await App.Services.GetRequiredService<NoticeStore>().TellAsync(events, Now, TestContext.Current.CancellationToken)).ShouldBe(count);
    }

    /// <summary>The path of the first 续码链接 in a text.</summary>
    public static string LinkIn(string text)
    {
        var link = RenewalLinkPattern().Match(text);
        link.Success.ShouldBeTrue(text);
        return link.Groups["path"].Value;
    }

    [GeneratedRegex(@"https://hm\.example\.com(?<path>/r/[\w-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RenewalLinkPattern();
}
