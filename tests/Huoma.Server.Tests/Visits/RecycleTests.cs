using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>循环利用 of cards (D14, spec E.5 item 5).</summary>
public sealed class RecycleTests
{
    [Theory, BothStores]
    public async Task SevenVisitors_SeeThreeCardsOfTwo_AndTheFirstAgainOnlyWhenRecycling(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());

        foreach (var recycle in new[] { false, true })
        {
            var (card, slots) = await console.CreateCardsAsync(recycle, 2, 2, 2);
            var seen = new List<string>();
            for (var visitor = 0; visitor < 7; visitor++)
            {
                seen.Add(await ScanAndPressAsync(new Phone(app.Visitor()), card.Text("key")));
            }

            seen.ShouldBe([slots[0], slots[0], slots[1], slots[1], slots[2], slots[2], recycle ? slots[0] : "off-duty"]);
        }
    }

    [Theory, BothStores]
    public async Task ARound_BeginsOnce_WhenTwoProcessesNeedItAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var console = new Operator(await app.SignInAsync());
        var (card, slots) = await console.CreateCardsAsync(recycle: true, 5, 5);
        var key = card.Text("key");
        for (var visitor = 0; visitor < 10; visitor++)
        {
            await ScanAndPressAsync(new Phone(app.Visitor()), key);
        }

        var pages = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => ScanUntilShownAsync(new Phone((number % 2 == 0 ? app : other).Visitor()), key)));

        pages.ShouldAllBe(page => page.Slot == slots[0]);
        var shown = await console.SlotsAsync(card);
        shown.Select(slot => slot.Number("round")).ShouldBe([2, 2]);
        shown[0].Number("visitors").ShouldBe(40);
    }

    [Theory, BothStores]
    public async Task ARound_DoesNotDisturbAnOpenForm_AndNewGroupsGetRoundsOfTheirOwn(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (card, slots) = await console.CreateCardsAsync(recycle: true, 1);
        var key = card.Text("key");
        var form = await console.GetAsync($"codes/{card.Id()}");
        await ScanAndPressAsync(new Phone(app.Visitor()), key);
        await ScanAndPressAsync(new Phone(app.Visitor()), key);
        (await console.SlotsAsync(card))[0].Number("round").ShouldBe(2);

        await console.PatchAsync($"codes/{card.Id()}", new { version = form.Number("version"), remark = "循环中" });
        await console.SendAsync(HttpMethod.Put, $"slots/{slots[0]}/image", new { imageId = (await console.UploadAsync(Pictures.Groups[1])).Id(), newGroup = true });

        var slot = (await console.SlotsAsync(card))[0];
        (slot.Number("round"), slot.Number("pressVisitors")).ShouldBe((3, 0));
        (await ScanAndPressAsync(new Phone(app.Visitor()), key)).ShouldBe(slots[0]);
    }

    private static async Task<string> ScanAndPressAsync(Phone phone, string key)
    {
        var page = await ScanUntilShownAsync(phone, key);
        if (page.State == "qr")
        {
            (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
        }

        return page.State == "qr" ? page.Slot : page.State;
    }

    // Who is in the very batch in which a round begins is sent a page that asks again by itself.
    private static async Task<SeenPage> ScanUntilShownAsync(Phone phone, string key)
    {
        var page = await phone.ScanAsync(key);
        return page.State == "busy" ? await phone.ScanAsync(key) : page;
    }
}
