using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class SearchTests
{
    private static readonly (string Name, string Remark)[] Codes =
    [
        ("双十一读书会", "线下海报"), ("Éva's Club", "ÀB"), ("100%真实", "a_b"), ("100真实", "axb"), ("反斜\\杠", "[x]"), ("他说\"好\"", "it's"), ("👨‍👩‍👧家庭", "🎉"), ("МОСКВА", "—"),
    ];

    [Theory]
    [BothStores]
    public async Task Search_FindsAnyPart_InCapitalOrSmallLetters_AndTakesSignsAsTheyAre(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        foreach (var (name, remark) in Codes)
        {
            await desk.CreateCodeAsync(name, remark);
        }

        (await FindAsync("读书")).ShouldBe(["双十一读书会"]);
        (await FindAsync("海报")).ShouldBe(["双十一读书会"]);
        (await FindAsync("ÉVA")).ShouldBe(["Éva's Club"]);
        (await FindAsync("éva's club")).ShouldBe(["Éva's Club"]);
        (await FindAsync("àb")).ShouldBe(["Éva's Club"]);
        (await FindAsync("москва")).ShouldBe(["МОСКВА"]);
        (await FindAsync("%")).ShouldBe(["100%真实"]);
        (await FindAsync("_")).ShouldBe(["100%真实"]);
        (await FindAsync("\\")).ShouldBe(["反斜\\杠"]);
        (await FindAsync("[x]")).ShouldBe(["反斜\\杠"]);
        (await FindAsync("\"好\"")).ShouldBe(["他说\"好\""]);
        (await FindAsync("'s")).ShouldBe(["Éva's Club", "他说\"好\""]);
        (await FindAsync("👧")).ShouldBe(["👨‍👩‍👧家庭"]);
        (await FindAsync("🎉")).ShouldBe(["👨‍👩‍👧家庭"]);
        (await FindAsync("' OR 1=1 --")).ShouldBeEmpty();

        // Nothing matches over the end of the name, and an empty question is none.
        (await FindAsync("会 线")).ShouldBeEmpty();
        (await FindAsync("   ")).Count.ShouldBe(Codes.Length);

        async Task<IReadOnlyList<string>> FindAsync(string q) =>
            [.. (await desk.GetAsync($"codes?q={Uri.EscapeDataString(q)}").JsonAsync()).Texts("name").OrderBy(name => Array.FindIndex(Codes, code => code.Name == name))];
    }

    [Theory]
    [BothStores]
    public async Task Search_FindsByNumber_AndWhatIsCalledSoNow(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync("旧名");
        await desk.CreateCodeAsync("别的");
        await desk.PatchAsync($"codes/{code.Text("id")}", new { name = "新名" }).JsonAsync();

        (await desk.GetAsync($"codes?q={code.Text("number")[14..]}").JsonAsync()).Texts("id").ShouldBe([code.Text("id")]);
        (await desk.GetAsync("codes?q=旧名").JsonAsync()).Number("total").ShouldBe(0);
        (await desk.GetAsync("codes?q=新名").JsonAsync()).Number("total").ShouldBe(1);
        await desk.GetAsync($"codes?q={new string('长', 51)}").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "q");
        (await desk.GetAsync($"codes?q={new string('长', 50)}").JsonAsync()).Number("total").ShouldBe(0);
        await desk.GetAsync("codes?q=a%00b").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "q");
    }

    [Theory]
    [BothStores]
    public async Task List_IsSorted_ByCreationNameOrScans(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        string[] names = ["群10", "阿里", "群2", "北京"];
        foreach (var name in names)
        {
            var slot = await desk.AddSlotAsync((await desk.CreateCodeAsync(name)).Text("id"));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await desk.CountAsync(slot, app.Clock.GetUtcNow(), scans: name.Length == 3 ? 30 : name == "北京" ? 20 : 0);
        }

        (await NamesAsync("")).ShouldBe(["北京", "群2", "阿里", "群10"]);
        (await NamesAsync("sort=created&order=asc")).ShouldBe(names);
        (await NamesAsync("sort=name")).ShouldBe(["阿里", "北京", "群2", "群10"]);
        (await NamesAsync("sort=name&order=desc")).ShouldBe(["群10", "群2", "北京", "阿里"]);
        (await NamesAsync("sort=scans"))[..2].ShouldBe(["群10", "北京"]);
        (await NamesAsync("sort=scans&order=asc"))[2..].ShouldBe(["北京", "群10"]);
        (await NamesAsync("sort=name&pageSize=2&page=2")).ShouldBe(["群2", "群10"]);
        (await NamesAsync("sort=name&q=群")).ShouldBe(["群2", "群10"]);
        await desk.GetAsync("codes?sort=luck").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "sort");

        async Task<string[]> NamesAsync(string query) => [.. (await desk.GetAsync($"codes?{query}").JsonAsync()).Texts("name")];
    }
}
