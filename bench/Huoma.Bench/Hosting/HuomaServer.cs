using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Huoma.Bench.Hosting;

/// <summary>The real server, as its users run it, on SQLite or on a PostgreSQL database.</summary>
internal sealed class HuomaServer : IAsyncDisposable
{
    private const string Account = "owner@example.com";
    private const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("huoma-bench-").FullName;
    private readonly PostgresCluster? cluster;
    private Child? child;

    private HuomaServer(PostgresCluster? cluster, string? database)
    {
        this.cluster = cluster;
        Database = database;
    }

    public int Port { get; } = Child.FreePort();

    public string? Database { get; }

    public Child Process => child ?? throw new InvalidOperationException("not started");

    private Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public static async Task<HuomaServer> StartAsync(PostgresCluster? cluster = null, string? database = null)
    {
        var server = new HuomaServer(cluster, database ?? (cluster is null ? null : await cluster.CreateDatabaseAsync()));
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["Huoma__DataDirectory"] = Path.Combine(folder, "data"),
            ["Huoma__Owner__Account"] = Account,
            ["Huoma__Owner__Password"] = Password,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (Database is not null)
        {
            environment["ConnectionStrings__Postgres"] = Database;
        }

        child = Child.Start("dotnet", [Program()], environment);
        await child.WaitUntilItAnswersAsync(new Uri(Address, "/healthz/ready"));
    }

    public async Task StopAsync() => await Process.DisposeAsync();

    /// <summary>Clock ticks of the server, with those of its database.</summary>
    public long Cpu() => Child.Cpu(Process.Id, withBuried: false).Ticks + (cluster?.Cpu() ?? 0);

    public DbConnection Connect() => Database is null
        ? new SqliteConnection($"Data Source={Path.Combine(folder, "data", "huoma.db")};Default Timeout=30")
        : new NpgsqlConnection(Database);

    /// <summary>The console as the first owner.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("X-Huoma-Console", "1");
        await ReadAsync(http.PostAsJsonAsync("/api/v1/session", new { account = Account, password = Password }));
        return http;
    }

    /// <summary>Codes with one slot each: the first made through the API with a real picture, the others as copies of its rows.</summary>
    public async Task<IReadOnlyList<string>> CreateCodesAsync(int count)
    {
        using var http = await SignInAsync();
        using var form = new MultipartFormDataContent();
        var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Pictures.Groups[0]));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(picture, "file", "group.jpg");
        form.Add(new StringContent("slot"), "purpose");
        var imageId = (await ReadAsync(http.PostAsync("/api/v1/images", form))).GetProperty("id").GetString();
        var body = new { kind = "group", building = "manual", name = "七天读书营", remark = "测试", sticky = true };
        var code = await ReadAsync(http.PostAsJsonAsync("/api/v1/codes", body));
        await ReadAsync(http.PostAsJsonAsync($"/api/v1/codes/{code.GetProperty("id").GetString()}/slots", new { imageId, name = "一群", threshold = 500 }));
        await using var connection = Connect();
        await connection.OpenAsync();
        return await CodeCopies.MakeAsync(connection, count);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private static string Program() =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ServerProgram").Value
        ?? throw new InvalidOperationException("The path of the server is not known.");
}
