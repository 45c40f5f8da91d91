using Huoma.Domain.Notices;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Notices;

/// <summary>The outbox: nothing is lost, nothing is sent twice, and no platform is sent more than it takes.</summary>
public sealed class NoticeSendingTests
{
    [Theory, BothStores]
    public async Task ManyAtOnce_AreToldTogether_WithinTheLimit(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);

        // A minute in which ever more comes: 3 every five seconds, and 460 in the middle.
        for (var second = 0; second < 60; second += 5)
        {
            await desk.TellManyAsync(3, NoticeKind.SlotExpiring, first: second * 10);
            if (second == 30)
            {
                await desk.TellManyAsync(464, NoticeKind.SlotExpired, first: 10_000);
            }

            await NoticeDesk.SendAsync(app);
            app.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        receiver.Got.Count.ShouldBeInRange(2, 20);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await NoticeDesk.SendAsync(app);
        var texts = receiver.Got.Select(got => got.Json.Text("markdown.content")).ToList();
        texts.ShouldAllBe(text => System.Text.Encoding.UTF8.GetByteCount(text) <= 4096);
        texts.ShouldContain(text => text.Contains(" 条通知\n", StringComparison.Ordinal) && text.Contains("另有 ", StringComparison.Ordinal) && text.Contains("/console/notices", StringComparison.Ordinal));
        (await desk.Desk.GetAsync("notices").JsonAsync()).Number("total").ShouldBe(500);
        var log = await desk.Desk.GetAsync($"notice-channels/{channel.Id()}").JsonAsync();
        (log.Number("waiting"), log.Number("failures")).ShouldBe((0, 0));
        (await desk.DeliveriesAsync(channel)).ShouldAllBe(delivery => delivery.Text("status") == "sent" && delivery.Number("attempts") == 1);
    }

    [Theory, BothStores]
    public async Task Failure_IsTriedAgain_EverLater_UntilItIsTaken(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);
        receiver.Answers = _ => (200, """{"errcode":45009,"errmsg":"api freq out of limit"}""");
        await desk.TellManyAsync(1);

        await NoticeDesk.SendAsync(app);
        await NoticeDesk.SendAsync(app);
        receiver.Got.Count.ShouldBe(1);
        var waiting = (await desk.DeliveriesAsync(channel)).ShouldHaveSingleItem();
        (waiting.Text("status"), waiting.Text("answer")).ShouldBe(("waiting", "45009：api freq out of limit"));

        app.Clock.Advance(TimeSpan.FromSeconds(15));
        await NoticeDesk.SendAsync(app);
        app.Clock.Advance(TimeSpan.FromSeconds(29));
        await NoticeDesk.SendAsync(app);
        receiver.Got.Count.ShouldBe(2);
        receiver.Answers = _ => (200, """{"errcode":0,"errmsg":"ok"}""");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await NoticeDesk.SendAsync(app);
        await NoticeDesk.SendAsync(app);

        receiver.Got.Count.ShouldBe(3);
        var sent = (await desk.DeliveriesAsync(channel)).ShouldHaveSingleItem();
        (sent.Text("status"), sent.Number("attempts"), sent.Text("answer")).ShouldBe(("sent", 3, "ok"));
        (await desk.Desk.GetAsync($"notice-channels/{channel.Id()}").JsonAsync()).Number("failures").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Failure_IsGivenUp_AfterADay_AndStaysInTheList(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);
        receiver.Answers = _ => (500, "");
        await desk.TellManyAsync(1);
        await NoticeDesk.SendAsync(app);

        app.Clock.Advance(TimeSpan.FromHours(24));
        await NoticeDesk.SendAsync(app);

        receiver.Got.Count.ShouldBe(1);
        (await desk.DeliveriesAsync(channel)).ShouldHaveSingleItem().Text("status").ShouldBe("given-up");
        (await (await desk.ConsoleAsync()).GetAsync("notices")).Number("total").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Restart_BetweenNoticingAndSending_LosesNothing(Store store)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(receiver);
        await desk.ExpiringAsync(TimeSpan.FromHours(1));
        await NoticeDesk.WatchAsync(app);
        receiver.Got.ShouldBeEmpty();

        // Another process on the same data: all it knows is what is stored.
        await using var restarted = app.StartAnother();
        await NoticeDesk.SendAsync(restarted);
        await NoticeDesk.SendAsync(app);
        await NoticeDesk.SendAsync(restarted);

        receiver.Got.Count.ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task TwoProcesses_SendEachNoticeOnce(Store store)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var app = await NoticeDesk.StartAsync(store);
        await using var another = app.StartAnother();
        var desk = await NoticeDesk.OpenAsync(app);
        var channel = await desk.WecomAsync(receiver);
        for (var round = 0; round < 5; round++)
        {
            await desk.TellManyAsync(2, first: round * 10);
            await Task.WhenAll(Task.Run(() => NoticeDesk.SendAsync(app), TestContext.Current.CancellationToken), Task.Run(() => NoticeDesk.SendAsync(another), TestContext.Current.CancellationToken));
            app.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await NoticeDesk.SendAsync(app);
        var texts = receiver.Got.Select(got => got.Json.Text("markdown.content")).ToList();
        texts.Count.ShouldBe(10);
        texts.ShouldBeUnique();
        (await desk.DeliveriesAsync(channel)).ShouldAllBe(delivery => delivery.Text("status") == "sent");
    }

    [Theory, BothStores]
    public async Task QuietHours_KeepBackAllButTheUrgent_UntilTheyEnd(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(receiver, quiet: new { from = "23:00", to = "08:00" });

        // 23:30 in Shanghai.
        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero));
        await desk.TellManyAsync(2);
        await desk.TellManyAsync(1, NoticeKind.SlotExpired);
        await NoticeDesk.SendAsync(app);
        receiver.Got.ShouldHaveSingleItem().Json.Text("markdown.content").ShouldStartWith("**群二维码已过期**");

        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 23, 59, 59, TimeSpan.Zero));
        await NoticeDesk.SendAsync(app);
        receiver.Got.Count.ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await NoticeDesk.SendAsync(app);
        receiver.Got.Count.ShouldBe(3);
    }

    [Theory, BothStores]
    public async Task Channels_GetTheKindsTheyAskFor_AndNoneWhenTheyAreOff(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        await using var broken = await Receiver.StartAsync();
        broken.Answers = _ => (500, "");
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(broken);
        await desk.ChannelAsync(new { kind = "wecom", name = "只要过期", url = receiver.Url("/a"), kinds = (string[])["slot-expired"] });
        await desk.ChannelAsync(new { kind = "wecom", name = "停用", url = receiver.Url("/b"), enabled = false });

        await desk.TellManyAsync(1);
        await desk.TellManyAsync(1, NoticeKind.SlotExpired);
        await NoticeDesk.SendAsync(app);

        // One that does not work keeps the others from nothing.
        receiver.Got.ShouldHaveSingleItem().Path.ShouldBe("/a");
        broken.Got.Count.ShouldBe(1);
    }
}
