using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Huoma.E2E.Hosting;

/// <summary>Huoma as its users run it: a program of its own on a free port, with its own data.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Account = "owner@example.com";
    public const string Password = "correct horse battery";

    /// <summary>In a setting: the server's own address, which is known only once it has a port.</summary>
    public const string Own = "{own}";

    private const string Postgres = "ConnectionStrings__Postgres";
    private const string DataDirectory = "Huoma__DataDirectory";

    private readonly string folder = Directory.CreateTempSubdirectory("huoma-e2e-").FullName;
    private readonly Dictionary<string, string> settings;
    private Process? process;

    private ServerProcess(Dictionary<string, string> settings)
    {
        this.settings = settings;
        settings.TryAdd(DataDirectory, Path.Combine(folder, "data"));
    }

    public Store Store => settings.ContainsKey(Postgres) ? Store.Postgres : Store.Sqlite;

    public bool IsRunning => process is { HasExited: false };

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    /// <param name="more">Settings as environment variables, besides the store's and the first owner's.</param>
    public static async Task<ServerProcess> StartAsync(Store store, params KeyValuePair<string, string>[] more)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Huoma__Owner__Account"] = Account,
            ["Huoma__Owner__Password"] = Password,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        Array.ForEach(more, setting => chosen[setting.Key] = setting.Value);
        if (store == Store.Postgres && !chosen.ContainsKey(Postgres))
        {
            chosen[Postgres] = await PostgresServer.CreateDatabaseAsync();
        }

        var server = new ServerProcess(chosen);
        await server.StartAsync();
        return server;
    }

    /// <summary>A second process on the same database and media directory.</summary>
    public async Task<ServerProcess> StartAnotherAsync()
    {
        var server = new ServerProcess(new Dictionary<string, string>(settings, StringComparer.Ordinal));
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it (again) on the same data, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, WorkingDirectory = folder };
        start.ArgumentList.Add(Program());
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value.Replace(Own, Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        using var http = Client();
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(100))
        {
            process.HasExited.ShouldBeFalse("the server ended before it was ready");
            try
            {
                if ((await http.GetAsync("/healthz/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        throw new TimeoutException("The server was not ready within a minute.");
    }

    /// <summary>kill -9: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        var running = process ?? throw new InvalidOperationException("not started");
        running.Kill();
        await running.WaitForExitAsync();
    }

    /// <summary>kill -SIGNAL.</summary>
    public async Task SignalAsync(string signal)
    {
        var running = process ?? throw new InvalidOperationException("not started");
        using var kill = Process.Start("kill", [$"-{signal}", running.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>SIGTERM, as systemd and containers stop it; its exit code, and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync()
    {
        var asked = Stopwatch.StartNew();
        var running = process ?? throw new InvalidOperationException("not started");
        await SignalAsync("TERM");
        await running.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (running.ExitCode, asked.Elapsed);
    }

    /// <summary>Its database, past the server.</summary>
    public async Task<DbConnection> OpenStoreAsync()
    {
        DbConnection connection = settings.TryGetValue(Postgres, out var postgres)
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={Path.Combine(settings[DataDirectory], "huoma.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = true, CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    public async Task<Operator> SignInAsync()
    {
        var http = Client();
        http.DefaultRequestHeaders.Add("X-Huoma-Console", "1");
        var answer = await http.PostAsJsonAsync("/api/v1/session", new { account = Account, password = Password });
        answer.EnsureSuccessStatusCode();
        return new Operator(http);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Program() =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ServerProgram").Value
        ?? throw new InvalidOperationException("The path of the server is not known.");

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
