using System.Globalization;
using System.Text.Json;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>The ledger of the visitors against the books of the store, visitor by visitor.</summary>
internal sealed record Verdict
{
    public required Sums Sums { get; init; }

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public int OverRotated { get; private init; }

    /// <summary>Stored although its visitor was not told so. Allowed, but for a server that was asked politely to end.</summary>
    public int Untold { get; private set; }

    /// <summary>Compares, prints the line of the drill, and insists. The code may have other slots behind those of the rotation.</summary>
    public static async Task<Verdict> PassAsync(
        string name, ServerProcess server, JsonElement code, Ledger ledger, Rotation rotation, TimeSpan recovered, string more = "")
    {
        var console = await server.SignInAsync();
        var slots = await console.SlotsAsync(code);
        var books = await Books.ReadAsync(server, code.Text("key"));
        var verdict = new Verdict { Sums = books.Sums, OverRotated = rotation.CountWrong(ledger), Doubled = (int)books.Sums.BoundTwice };
        verdict.CompareScans(ledger, books);
        verdict.ComparePresses(ledger, books);
        verdict.CompareBindings(ledger, books, slots.Index().ToDictionary(slot => slot.Item.Id(), slot => slot.Index));
        DrillReport.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {server.Store}: acknowledged {ledger.Acknowledged}, lost {verdict.Lost}, doubled {verdict.Doubled}, over-rotated {verdict.OverRotated}, recovered in {recovered.TotalMilliseconds:F0} ms{more}"));

        ledger.Surprises.ShouldBeEmpty();
        (verdict.Lost, verdict.Doubled, verdict.OverRotated).ShouldBe((0, 0, 0));
        verdict.Sums.ShouldAgreeWith(await console.CountsAsync(code), slots);
        await ShouldShowTheSameAgain(server, code.Text("key"), ledger);
        return verdict;
    }

    private void CompareScans(Ledger ledger, Books books)
    {
        var known = new HashSet<long>();
        foreach (var visitor in ledger.Scans.Where(scan => scan.Visitor.Cookie.Length > 0).GroupBy(scan => scan.Visitor))
        {
            var number = books.VisitorOf(visitor.Key.Cookie);
            known.Add(number).ShouldBeTrue("two visitors have the same number");
            Compare(books.Scans.GetValueOrDefault(number), visitor.Count(scan => scan.IsAcknowledged), visitor.Count(scan => scan.IsUnknown));
        }

        // Who never got an answer never got a cookie.
        var strangers = books.Scans.Where(row => !known.Contains(row.Key)).Sum(row => row.Value);
        Compare(strangers, 0, ledger.Scans.Count(scan => scan.IsUnknown && scan.Visitor.Cookie.Length == 0));
    }

    private void ComparePresses(Ledger ledger, Books books)
    {
        var known = new HashSet<long>();
        foreach (var visitor in ledger.Presses.GroupBy(press => press.Visitor))
        {
            var number = books.VisitorOf(visitor.Key.Cookie);
            known.Add(number);
            var acknowledged = visitor.Any(press => press.IsAcknowledged);
            Compare(books.Pressers.Contains(number) ? 1 : 0, acknowledged ? 1 : 0, acknowledged ? 0 : 1);
        }

        // Each visitor has one press id, so he has one press.
        Doubled += books.Pressers.Count(number => !known.Contains(number)) + (int)(books.Sums.Presses - books.Pressers.Count);
    }

    private void CompareBindings(Ledger ledger, Books books, Dictionary<string, int> places)
    {
        foreach (var scan in ledger.Scans.Where(scan => scan is { IsAcknowledged: true, Slot.Length: > 0 }))
        {
            Lost += books.Bound.TryGetValue(books.VisitorOf(scan.Visitor.Cookie), out var place) && place == places[scan.Slot] ? 0 : 1;
        }
    }

    private void Compare(int stored, int acknowledged, int unknown)
    {
        Lost += Math.Max(0, acknowledged - stored);
        Doubled += Math.Max(0, stored - acknowledged - unknown);
        Untold += Math.Clamp(stored - acknowledged, 0, unknown);
    }

    /// <summary>Through the visitor's own page as well, for some of them.</summary>
    private static async Task ShouldShowTheSameAgain(ServerProcess server, string key, Ledger ledger)
    {
        using var wire = new Wire();
        var shown = ledger.Scans.Where(scan => scan is { IsAcknowledged: true, Slot.Length: > 0 }).ToList();
        foreach (var scan in shown.Where((_, at) => at % Math.Max(1, shown.Count / 60) == 0))
        {
            var request = $"GET /q/{key} HTTP/1.1\r\nHost: huoma\r\nCookie: huoma_visitor={scan.Visitor.Cookie}\r\n\r\n";
            (await wire.SendAsync(server.Address, request, TimeSpan.FromSeconds(10))).Slot.ShouldBe(scan.Slot);
        }
    }
}

/// <summary>The tables agree with each other, and the console with them.</summary>
internal static class SumsAgreement
{
    public static void ShouldAgreeWith(this Sums sums, JsonElement counts, IReadOnlyList<JsonElement> slots)
    {
        (sums.CountedScans, sums.CountedVisitors, sums.CountedShows).ShouldBe((sums.Scans, sums.Visitors, sums.Shows));
        (sums.CountedPresses, sums.CountedPressers, sums.SlotPressers).ShouldBe((sums.Presses, sums.Pressers, sums.Pressers));
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses")).ShouldBe((sums.Scans, sums.Visitors, sums.Presses));
        (counts.Number("pressVisitors"), slots.Sum(slot => slot.Number("pressVisitors"))).ShouldBe((sums.Pressers, sums.Pressers));
    }
}
