using System.Globalization;
using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Channels;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using static Huoma.Server.Tests.Statistics.StatisticsFiles;

namespace Huoma.Server.Tests.Statistics;

/// <summary>
/// People come at random for two weeks, through codes, channels and codes that hand over, and press or not. Whatever shows figures then says the
/// same, to the unit, and says what was done: before hours and days are summed up, in between, and after.
/// </summary>
public sealed class AgreementTests
{
    private const string All = "from=2026-11-20&to=2026-12-20";

    private static readonly string[] Agents = ["iPhone MicroMessenger/8", "Android MicroMessenger/8", "iPhone wxwork/4 MicroMessenger/8", "Chrome"];

    [Theory]
    [InlineData(Store.Sqlite, 1)]
    [InlineData(Store.Sqlite, 2)]
    [InlineData(Store.Postgres, 3)]
    [InlineData(Store.Postgres, 4)]
    public async Task Figures_AreWhatPeopleDid_AndAgreeEverywhere(Store store, int seed)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var street = await Street.OpenAsync(app, new Random(seed));
        for (var week = 0; week < 3; week++)
        {
            await street.ComeAsync(visits: 70);
            await CheckAsync(app, street);
            await app.SumUpAsync();
            await CheckAsync(app, street);
        }

        street.HandedOver.ShouldBeGreaterThan(5);
        street.Pressed.Values.Sum().ShouldBeGreaterThan(30);
    }

    private static async Task CheckAsync(HuomaApp app, Street street)
    {
        // A session may have ended meanwhile.
        var desk = await Desk.OpenAsync(app);
        foreach (var code in street.Codes)
        {
            await CheckCodeAsync(desk, street, code);
        }

        await CheckFilesAsync(desk, "", "stats");
        var all = await desk.GetAsync($"stats?{All}&by=day").JsonAsync();
        all.Number("totals.scans").ShouldBe(street.Scanned.Values.Sum());
        all.Number("totals.presses").ShouldBe(street.Pressed.Values.Sum());
        var overview = await desk.GetAsync("overview").JsonAsync();
        (overview.Number("total.scans"), overview.Number("total.presses")).ShouldBe((all.Number("totals.scans"), all.Number("totals.presses")));
        foreach (var day in (string[])["today", "yesterday"])
        {
            var statistics = await desk.GetAsync($"stats?range={day}&by=hour").JsonAsync();
            foreach (var figure in (string[])["scans", "visitors", "presses", "pressVisitors", "joins"])
            {
                overview.Number($"{day}.{figure}").ShouldBe(statistics.Number($"totals.{figure}"), $"{figure} {day}");
                overview.At($"trend.{day}").EnumerateArray().Select(hour => hour.Number(figure)).ShouldBe(StatisticsTests.Line(statistics, figure));
            }
        }
    }

    private static async Task CheckCodeAsync(Desk desk, Street street, string code)
    {
        var totals = await CheckFilesAsync(desk, $"codes/{code}/", $"codes/{code}/stats");
        var entrances = await EntrancesAsync(desk, street, code);
        foreach (var figure in (string[])["scans", "presses", "devices.ios", "devices.other"])
        {
            entrances.Sum(item => item.Number($"totals.{figure}")).ShouldBe(totals.Number(figure), figure);
        }

        entrances.Sum(item => item.Number("totals.visitors")).ShouldBeGreaterThanOrEqualTo(totals.Number("visitors"), "one may come through two");
        var slots = (await desk.GetAsync($"codes/{code}/stats/slots?{All}&by=day").JsonAsync()).At("items").EnumerateArray().ToList();
        slots.Sum(slot => slot.Number("totals.presses")).ShouldBe(totals.Number("presses"));
        var listed = (await desk.SlotsAsync(code)).ToDictionary(slot => slot.Id());
        foreach (var slot in slots.Where(slot => slot.Flag("isCurrent")))
        {
            (listed[slot.Text("slotId")].Number("views"), listed[slot.Text("slotId")].Number("presses"))
                .ShouldBe((slot.Number("totals.shows"), slot.Number("totals.presses")));
        }

        Numbers(await BytesAsync(desk.GetAsync($"codes/{code}/stats.csv?{All}&table=slots")), titles: 2).ShouldBe(slots.Select(Shown));
        Numbers(await BytesAsync(desk.GetAsync($"codes/{code}/stats.xlsx?{All}")), "二维码", titles: 2).ShouldBe(slots.Select(Shown));
        var counts = (await desk.CodeAsync(code)).At("counts");
        var today = (await desk.GetAsync($"codes/{code}/stats?range=today").JsonAsync()).At("totals");
        (counts.Number("scans"), counts.Number("presses"), counts.Number("todayScans"), counts.Number("todayVisitors"), counts.Number("todayPresses"), counts.Number("todayPressVisitors"))
            .ShouldBe((totals.Number("scans"), totals.Number("presses"), today.Number("scans"), today.Number("visitors"), today.Number("presses"), today.Number("pressVisitors")));
        counts.Number("visitors").ShouldBe(totals.Number("newVisitors"), "everybody was new once");
    }

    private static IEnumerable<long> Shown(JsonElement slot) =>
        [slot.Number("totals.shows"), slot.Number("totals.visitors"), slot.Number("totals.presses"), slot.Number("totals.pressVisitors")];

    /// <summary>Each entrance: what was done there, its own page, the list of channels, and the files.</summary>
    private static async Task<List<JsonElement>> EntrancesAsync(Desk desk, Street street, string code)
    {
        var items = (await desk.GetAsync($"codes/{code}/stats/channels?{All}&by=day").JsonAsync()).At("items").EnumerateArray().ToList();
        var channels = (await desk.ListChannelsAsync($"?codeId={code}")).At("items").EnumerateArray().ToDictionary(channel => channel.Id());
        foreach (var item in items)
        {
            var place = (code, item.Id());
            (item.Number("totals.scans"), item.Number("totals.presses")).ShouldBe((street.Scanned.GetValueOrDefault(place) + street.Taken.GetValueOrDefault(place), street.Pressed.GetValueOrDefault(place)), item.Id());
            var one = await desk.GetAsync($"codes/{code}/stats?{All}&by=hour&channelId={item.Id()}").JsonAsync();
            NumbersOf(one.At("totals")).ShouldBe(NumbersOf(item.At("totals")));
            if (channels.TryGetValue(item.Id(), out var channel))
            {
                (channel.Number("counts.scans"), channel.Number("counts.presses"), channel.Number("counts.visitors"))
                    .ShouldBe((one.Number("totals.scans"), one.Number("totals.presses"), one.Number("totals.newVisitors")));
            }
        }

        street.Scanned.Keys.Concat(street.Taken.Keys).Where(place => place.Code == code).Select(place => place.Entrance).Except(items.Select(item => item.Id())).ShouldBeEmpty();
        Numbers(await BytesAsync(desk.GetAsync($"codes/{code}/stats.csv?{All}&table=channels"))).ShouldBe(items.Select(item => NumbersOf(item.At("totals"), withJoins: false)));
        Numbers(await BytesAsync(desk.GetAsync($"codes/{code}/stats.xlsx?{All}")), "渠道").ShouldBe(items.Select(item => NumbersOf(item.At("totals"), withJoins: false)));
        return items;
    }

    /// <summary>By day, by hour, and both files.</summary>
    /// <returns>The totals.</returns>
    private static async Task<JsonElement> CheckFilesAsync(Desk desk, string files, string path)
    {
        var byDay = await desk.GetAsync($"{path}?{All}&by=day").JsonAsync();
        var byHour = await desk.GetAsync($"{path}?{All}&by=hour").JsonAsync();
        NumbersOf(byHour.At("totals")).ShouldBe(NumbersOf(byDay.At("totals")));
        var days = byDay.At("series").EnumerateArray().Select(NumbersOf).ToList();
        byHour.At("series").EnumerateArray().Select(NumbersOf).Chunk(24).Select(Sum).ShouldBe(days);
        Sum([.. days]).ShouldBe(NumbersOf(byDay.At("totals")));
        Numbers(await BytesAsync(desk.GetAsync($"{files}stats.csv?{All}&by=day"))).ShouldBe(days);
        var workbook = await BytesAsync(desk.GetAsync($"{files}stats.xlsx?{All}&by=day"));
        Numbers(workbook, "趋势").ShouldBe(days);
        Read(workbook, "概况").Skip(6).Take(11).Select(row => Convert.ToInt64(row[1], CultureInfo.InvariantCulture)).ShouldBe(NumbersOf(byDay.At("totals")));
        return byDay.At("totals");
    }

    private static List<long> Sum(IReadOnlyList<List<long>> rows) => [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Sum(row => row[column]))];

    /// <summary>Codes with their entrances, people with their phones, and a book of what they did.</summary>
    private sealed class Street(HuomaApp app, Random random)
    {
        private readonly List<(string Code, string Entrance, string Key)> places = [];
        private readonly List<Phone> phones = [.. Enumerable.Range(0, 9).Select(_ => new Phone(app.Visitor()))];
        private readonly Dictionary<string, string> codeOfSlot = [];

        public List<string> Codes { get; } = [];

        /// <summary>Pages that were opened, by the code and entrance that were scanned.</summary>
        public Dictionary<(string Code, string Entrance), long> Scanned { get; } = [];

        /// <summary>Visitors a code got handed over, by the code that did so.</summary>
        public Dictionary<(string Code, string Entrance), long> Taken { get; } = [];

        public Dictionary<(string Code, string Entrance), long> Pressed { get; } = [];

        public long HandedOver => Taken.Values.Sum();

        /// <summary>A group code with channels that hands over to cards after so many presses, the cards, and a code on its own.</summary>
        public static async Task<Street> OpenAsync(HuomaApp app, Random random)
        {
            var street = new Street(app, random);
            var console = new Operator(await app.SignInAsync());
            var (group, groupSlots) = await console.CreateCodeWithSlotsAsync(sticky: true, 3, 4, 100);
            var (card, cardSlots) = await console.CreateCardsAsync(recycle: true, 3, 3);
            var (other, otherSlots) = await console.CreateCodeWithSlotsAsync(sticky: false, 2, 100);
            await console.PatchAsync($"codes/{group.Id()}", new { handOver = new { enabled = true, targetNumber = card.Text("number"), when = "after-presses", afterPresses = 12 } });
            foreach (var (code, slots) in new[] { (group, groupSlots), (card, cardSlots), (other, otherSlots) })
            {
                street.Codes.Add(code.Id());
                street.places.Add((code.Id(), "own", code.Text("key")));
                slots.ToList().ForEach(slot => street.codeOfSlot[slot] = code.Id());
                var channels = await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/channels", new[] { new { name = "海报", remark = "" }, new { name = "朋友圈", remark = "" } });
                street.places.AddRange(channels.At("items").EnumerateArray().Select(channel => (code.Id(), channel.Id(), channel.Text("key"))));
            }

            return street;
        }

        public async Task ComeAsync(int visits)
        {
            for (var visit = 0; visit < visits; visit++)
            {
                app.Clock.Advance(TimeSpan.FromMinutes(random.Next(140)));
                var phone = phones[random.Next(phones.Count)];
                var (code, entrance, key) = places[random.Next(places.Count)];
                var page = await phone.OpenAsync(HttpMethod.Get, $"/q/{key}", ("User-Agent", Agents[random.Next(Agents.Length)]));
                page.Status.ShouldBe(HttpStatusCode.OK);
                Note(Scanned, (code, entrance));
                var shownOf = codeOfSlot.GetValueOrDefault(page.Slot, code);
                var seen = shownOf == code ? (code, entrance) : (shownOf, $"from-{code}");
                if (shownOf != code)
                {
                    Note(Taken, seen);
                }

                for (var press = page.PressToken.Length == 0 ? 0 : random.Next(3); press > 0; press--)
                {
                    (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
                    Note(Pressed, seen);
                }
            }
        }

        private static void Note(Dictionary<(string Code, string Entrance), long> book, (string Code, string Entrance) place) =>
            book[place] = book.GetValueOrDefault(place) + 1;
    }
}
