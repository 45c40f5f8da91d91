using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>切换到名片码/群活码 as visitors meet it (D10–D13, spec E.5 item 6).</summary>
public sealed class HandOverTests
{
    [Theory, BothStores]
    public async Task Immediately_EverybodySeesTheCard_AndTheWelcomePageIsPassedBy(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (group, groupSlots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var (card, cardSlots) = await console.CreateCardsAsync(recycle: false, 100);
        var bound = new Phone(app.Visitor());
        (await bound.ScanAsync(group.Text("key"))).Slot.ShouldBe(groupSlots[0]);

        await HandOverAsync(console, group, card, "immediately");

        var newcomer = new Phone(app.Visitor());
        var page = await newcomer.ScanAsync(group.Text("key"));
        (page.State, page.Slot).ShouldBe(("qr", cardSlots[0]));
        page.Html.ShouldContain("长按识别二维码加好友");
        (await newcomer.PressAsync(group.Text("key"), page)).ShouldBe(HttpStatusCode.NoContent, "the page posts to the other code's address, but this one is right as well");
        (await bound.ScanAsync(group.Text("key"))).Slot.ShouldBe(cardSlots[0], "the switch wins over the binding");
        (await console.CountsAsync(group)).Number("scans").ShouldBe(3);
        var counts = await console.CountsAsync(card);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((2, 2, 1, 1));

        await console.PatchAsync($"codes/{group.Id()}", new { handOver = new { enabled = false } });
        (await new Phone(app.Visitor()).ScanAsync(group.Text("key"))).Slot.ShouldBe(groupSlots[0]);
    }

    [Theory, BothStores]
    public async Task Exhausted_NewcomersSeeTheCard_AndWhoHasAGroupKeepsIt(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (group, groupSlots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1);
        var (card, cardSlots) = await console.CreateCardsAsync(recycle: false, 1);
        await HandOverAsync(console, group, card, "exhausted");
        var key = group.Text("key");
        var first = new Phone(app.Visitor());
        var page = await first.ScanAsync(key);
        page.Slot.ShouldBe(groupSlots[0]);
        await first.PressAsync(key, page);

        var second = new Phone(app.Visitor());
        page = await second.ScanAsync(key);
        page.Slot.ShouldBe(cardSlots[0]);
        await second.PressAsync(key, page);

        (await first.ScanAsync(key)).Slot.ShouldBe(groupSlots[0]);
        (await second.ScanAsync(key)).Slot.ShouldBe(cardSlots[0], "his card is his, though it is full");
        (await new Phone(app.Visitor()).ScanAsync(key)).State.ShouldBe("off-duty", "the card is full, too: one hop is all");
        await console.AddSlotAsync(group.Id());
        (await new Phone(app.Visitor()).ScanAsync(key)).State.ShouldBe("qr");
        (await console.SlotsAsync(group))[1].Number("views").ShouldBe(1, "there is a group again");
    }

    [Theory, BothStores]
    public async Task AfterPresses_TheCardLeadsToTheGroup_CountingPressesOfAllItsCards(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var console = new Operator(await app.SignInAsync());
        var (card, cardSlots) = await console.CreateCardsAsync(recycle: true, 1, 1);
        var (group, groupSlots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        await HandOverAsync(console, card, group, "after-presses", afterPresses: 3);
        var key = card.Text("key");

        var seen = new List<string>();
        var phones = Enumerable.Range(0, 5).Select(number => new Phone((number % 2 == 0 ? app : other).Visitor())).ToList();
        foreach (var phone in phones)
        {
            var page = await phone.ScanAsync(key);
            seen.Add(page.Slot);
            (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
        }

        seen.ShouldBe([cardSlots[0], cardSlots[1], cardSlots[0], groupSlots[0], groupSlots[0]]);
        (await phones[1].ScanAsync(key)).Slot.ShouldBe(cardSlots[1], "bound visitors stay where they are (D13)");
        (await console.SlotsAsync(group))[0].Number("pressVisitors").ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task Target_ThatIsClosed_IsOffDutyInPlace(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (group, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var (card, _) = await console.CreateCardsAsync(recycle: false, 100);
        await HandOverAsync(console, group, card, "immediately");

        await console.PatchAsync($"codes/{card.Id()}", new { status = "off" });

        var page = await new Phone(app.Visitor()).ScanAsync(group.Text("key"));
        (page.Status, page.State).ShouldBe((HttpStatusCode.OK, "off-duty"));
    }

    [Theory, BothStores]
    public async Task WelcomePageOfTheTarget_LeadsThroughTheSameEntrance(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var image = await console.UploadAsync(Pictures.Banner, "welcome");
        var group = await console.CreateCodeAsync(welcome: new { enabled = true, imageId = image.Id(), groupIntro = "介绍" });
        var slot = await console.AddSlotAsync(group.Id());
        var (card, _) = await console.CreateCardsAsync(recycle: false, 1);
        await HandOverAsync(console, card, group, "after-presses", afterPresses: 1);
        var key = card.Text("key");
        var first = new Phone(app.Visitor());
        await first.PressAsync(key, await first.ScanAsync(key));

        var phone = new Phone(app.Visitor());
        var welcome = await phone.ScanAsync(key);
        welcome.State.ShouldBe("welcome");
        welcome.Html.ShouldContain($"/q/{key}/enter");
        var page = await phone.EnterAsync(key);
        page.Slot.ShouldBe(slot);
        (await phone.PressAsync(group.Text("key"), page)).ShouldBe(HttpStatusCode.NoContent);

        var counts = await console.CountsAsync(group);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("pressVisitors")).ShouldBe((1, 1, 1));
    }

    [Theory, BothStores]
    public async Task Peek_SeesWhatAVisitorWouldSee_AndCountsNothing(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (group, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var (card, cardSlots) = await console.CreateCardsAsync(recycle: false, 100);
        await HandOverAsync(console, group, card, "immediately");

        var page = await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, $"/q/{group.Text("key")}", ("User-Agent", "Googlebot/2.1"));

        page.Slot.ShouldBe(cardSlots[0]);
        (await console.CountsAsync(group)).Number("scans").ShouldBe(0);
        (await console.CountsAsync(card)).Number("scans").ShouldBe(0);
    }

    private static Task HandOverAsync(Operator console, JsonElement from, JsonElement to, string when, int? afterPresses = null) =>
        console.PatchAsync($"codes/{from.Id()}", new { handOver = new { enabled = true, targetNumber = to.Text("number"), when, afterPresses } });
}
