using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;

namespace Huoma.E2E.Hosting;

/// <summary>Huoma as its users run it: a program of its own on a free port, with its own data.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Account = "owner@example.com";
    public const string Password = "correct horse battery";

    private readonly string folder = Directory.CreateTempSubdirectory("huoma-e2e-").FullName;
    private readonly Dictionary<string, string> settings;
    private Process? process;

    private ServerProcess(Dictionary<string, string> settings)
    {
        this.settings = settings;
    }

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    public static async Task<ServerProcess> StartAsync(Store store)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Huoma__Owner__Account"] = Account,
            ["Huoma__Owner__Password"] = Password,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (store == Store.Postgres)
        {
            chosen["ConnectionStrings__Postgres"] = await PostgresServer.CreateDatabaseAsync();
        }

        var server = new ServerProcess(chosen);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it (again) on the same data, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, WorkingDirectory = folder };
        start.ArgumentList.Add(Program());
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["Huoma__DataDirectory"] = Path.Combine(folder, "data");
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
