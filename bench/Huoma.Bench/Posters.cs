using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Huoma.Bench.Hosting;

namespace Huoma.Bench;

/// <summary>
/// 裂变海报 as participants fetch them: each poster another person's, with another nickname, drawn, checked and sent once. One request at a time keeps one
/// of the two threads busy, four keep both.
/// </summary>
internal sealed class Posters(HuomaServer server, HttpClient console, DbConnection connection)
{
    private const int ALot = 5_000;
    private const int Batch = 500;
    private const int CacheMegabytes = 64;

    private long made;
    private string campaign = "";

    public static async Task RunAsync(Stage stage, BenchOptions options)
    {
        if (!options.Wants("posters"))
        {
            return;
        }

        var server = stage.Keep(await HuomaServer.StartAsync());
        using var console = await server.SignInAsync();
        await using var connection = server.Connect();
        await connection.OpenAsync();
        var posters = new Posters(server, console, connection);
        await posters.PrepareAsync();
        await posters.FetchAsync(100, 4);
        await posters.RateAsync("posters, one at a time", 1, Math.Min(3, options.Rounds));
        await posters.RateAsync("posters, four at a time", 4, Math.Min(3, options.Rounds));
        // Minutes: only when somebody asks for it.
        if (options.Only.Length > 0)
        {
            await posters.MemoryAsync();
        }
    }

    private async Task RateAsync(string name, int atOnce, int rounds)
    {
        const int count = 60;
        var (rates, costs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (begun, cpu) = (Stopwatch.GetTimestamp(), server.Cpu());
            await FetchAsync(count, atOnce);
            rates.Add(count / Stopwatch.GetElapsedTime(begun).TotalSeconds);
            costs.Add((server.Cpu() - cpu) * 10.0 / count);
        }

        Report.Print(name, "/s", null, isAtLeast: true, rates);
        Report.Print($"{name}, cpu of each", "ms", null, isAtLeast: false, costs);
    }

    /// <summary>Whether it grows with every name and every letter that was ever drawn.</summary>
    private async Task MemoryAsync()
    {
        var sizes = new List<string>();
        for (var drawn = 0; drawn < ALot; drawn += Batch)
        {
            await FetchAsync(Batch, 4);
            sizes.Add(string.Create(CultureInfo.InvariantCulture, $"{server.Process.Memory("VmRSS"):0}"));
        }

        Report.Note(string.Create(CultureInfo.InvariantCulture, $"posters: memory after every {Batch}: {string.Join(' ', sizes)} MB; {CacheMegabytes} of it are drawn posters that are kept"));
        Report.Print($"posters, memory after {ALot:#,0}", "MB", null, isAtLeast: false, [server.Process.Memory("VmRSS")]);
        Report.Print("posters, memory peak", "MB", null, isAtLeast: false, [server.Process.Memory("VmHWM")]);
    }

    private async Task PrepareAsync()
    {
        var image = await UploadAsync();
        await ReadAsync("quota/grants", new { groups = 10, reason = "bench" });
        var auto = new { groups = 1, theme = "读书群", firstNumber = 1, memberThreshold = 180 };
        var code = await ReadAsync("codes", new { kind = "group", building = "auto", name = "读书群", remark = "bench", auto });
        var body = new { codeId = code, name = "一起读书", goal = 3, posterImageId = image, reward = new { kind = "link", url = "https://example.com/gift" } };
        await ReadAsync("campaigns", body);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM fission_campaigns";
        campaign = (string)(await command.ExecuteScalarAsync() ?? throw new UnreachableException());
    }

    /// <summary>New participants' posters; nobody's was drawn before.</summary>
    private async Task FetchAsync(int count, int atOnce)
    {
        var first = made;
        await JoinAsync(count);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (number, ct) =>
            {
                using var answer = await console.GetAsync(new Uri($"/t/{campaign}/poster/{KeyOf(first + number)}-0.jpg", UriKind.Relative), ct);
                answer.EnsureSuccessStatusCode();
                _ = await answer.Content.ReadAsByteArrayAsync(ct);
            });
    }

    private async Task JoinAsync(int count)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO fission_participants (id, tenant_id, campaign_id, live_code_id, visitor_id, key, token, nickname, joined_at)
            SELECT $number, tenant_id, id, live_code_id, $number, $key, $key, $name, created_at FROM fission_campaigns
            """;
        foreach (var name in (string[])["$number", "$key", "$name"])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        for (var last = made + count; made < last; made++)
        {
            command.Parameters["$number"].Value = made + 1;
            command.Parameters["$key"].Value = KeyOf(made);
            command.Parameters["$name"].Value = NameOf(made);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static string KeyOf(long number) => number.ToString("0000000000", CultureInfo.InvariantCulture);

    // Letters that come again late, as names do; every fifth with an emoji.
    private static string NameOf(long number)
    {
        char Letter(long step) => (char)(0x4E00 + (number * step % 20_000));
        return $"{Letter(37)}{Letter(101)}{Letter(1_009)}{(number % 5 == 0 ? char.ConvertFromUtf32(0x1F600 + (int)(number % 60)) : "")}";
    }

    private async Task<string> ReadAsync(string path, object body)
    {
        using var answer = await console.PostAsJsonAsync($"/api/v1/{path}", body);
        return await IdOfAsync(answer);
    }

    private async Task<string> UploadAsync()
    {
        using var form = new MultipartFormDataContent();
        var picture = new ByteArrayContent(UprightPicture.Png(750, 1334));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(picture, "file", "poster.png");
        form.Add(new StringContent("poster"), "purpose");
        using var answer = await console.PostAsync(new Uri("/api/v1/images", UriKind.Relative), form);
        return await IdOfAsync(answer);
    }

    private static async Task<string> IdOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        }

        using var json = System.Text.Json.JsonDocument.Parse(text);
        return json.RootElement.TryGetProperty("id", out var id) ? id.GetString() ?? "" : "";
    }
}
