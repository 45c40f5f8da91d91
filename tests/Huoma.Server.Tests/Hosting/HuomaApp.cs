using System.Net;
using System.Net.Http.Json;
using Huoma.Server.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Tests.Hosting;

/// <summary>The real program on a database of its own, with a clock that the test moves.</summary>
internal sealed class HuomaApp : WebApplicationFactory<Program>
{
    public const string OwnerAccount = "owner@example.com";
    public const string OwnerPassword = "correct horse battery";

    private readonly Dictionary<string, string> settings;
    private readonly string folder = Directory.CreateTempSubdirectory("huoma-test-").FullName;
    private readonly bool ownsFolder;
    private readonly bool listens;
    private readonly Action<IServiceCollection>? services;

    private HuomaApp(Dictionary<string, string> settings, bool listens, Action<IServiceCollection>? services)
    {
        this.settings = settings;
        this.services = services;
        this.listens = listens;
        ownsFolder = settings.TryAdd("Huoma:DataDirectory", folder);
    }

    /// <summary>2026-11-22 12:00 in Shanghai, unless the test moves it.</summary>
    public FakeClock Clock { get; private init; } = new(new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero));

    /// <summary>Where it listens, when it does.</summary>
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public string DataDirectory => settings["Huoma:DataDirectory"];

    /// <param name="more">Settings besides the store's and the first owner's; null removes one.</param>
    /// <param name="services">Further services, such as a listener of the test's own.</param>
    /// <param name="listens">On a real port of this machine, for what is more than requests and answers.</param>
    public static async Task<HuomaApp> StartAsync(Store store, IReadOnlyDictionary<string, string?>? more = null, bool listens = false, Action<IServiceCollection>? services = null)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Huoma:Owner:Account"] = OwnerAccount,
            ["Huoma:Owner:Password"] = OwnerPassword,
        };
        if (store == Store.Postgres)
        {
            chosen["ConnectionStrings:Postgres"] = await PostgresServer.CreateDatabaseAsync();
        }

        foreach (var (key, value) in more ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                chosen.Remove(key);
            }
            else
            {
                chosen[key] = value;
            }
        }

        return Start(new HuomaApp(chosen, listens, services));
    }

    /// <summary>A second process on the same database, data directory and clock.</summary>
    /// <param name="other">Settings that are other than this one's.</param>
    public HuomaApp StartAnother(IReadOnlyDictionary<string, string>? other = null)
    {
        var chosen = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var (key, value) in other ?? new Dictionary<string, string>())
        {
            chosen[key] = value;
        }

        return Start(new HuomaApp(chosen, listens, services) { Clock = Clock });
    }

    /// <summary>The console as the first owner.</summary>
    public Task<HttpClient> SignInAsync() => SignInAsync(OwnerAccount, OwnerPassword);

    public async Task<HttpClient> SignInAsync(string account, string password)
    {
        var client = Console();
        var answer = await client.PostAsJsonAsync("/api/v1/session", new { account, password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return client;
    }

    /// <summary>The console before signing in.</summary>
    public HttpClient Console()
    {
        var options = new WebApplicationFactoryClientOptions { AllowAutoRedirect = false };
        if (listens)
        {
            options.BaseAddress = Address;
        }

        var client = CreateClient(options);
        client.DefaultRequestHeaders.Add("X-Huoma-Console", "1");
        return client;
    }

    /// <summary>Somebody with a phone: a browser of his own, in WeChat on iOS, without cookies yet.</summary>
    public HttpClient Visitor(bool keepsCookies = true)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = keepsCookies });
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.54");
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (ownsFolder)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        await DeleteFolderAsync();
    }

    // The server does not wait for what hangs on a socket: a gateway's session may still be writing that it is over.
    private async Task DeleteFolderAsync()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        if (listens)
        {
            builder.UseUrls("http://127.0.0.1:0");
        }

        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.ConfigureTestServices(added =>
        {
            added.AddSingleton<TimeProvider>(Clock);

            // A password is made and asked for in nearly every test: as many rounds as settings must have would be a fifth of all the time.
            added.AddSingleton(new Passwords(Options.Create(new AccountsOptions { HashIterations = 1000 })));
            services?.Invoke(added);
        });
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
    }

    private static HuomaApp Start(HuomaApp app)
    {
        if (app.listens)
        {
            app.UseKestrel();
            app.StartServer();
        }
        else
        {
            _ = app.Server;
        }

        return app;
    }
}
