using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Accounts;

/// <summary>What the program itself prints when it is started, as a process of its own.</summary>
public sealed class FirstStartTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstStart_PrintsALink_ThatMakesTheFirstAccount()
    {
        var folder = Directory.CreateTempSubdirectory("huoma-test-");
        using var program = Start(folder, new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            var link = await LineAsync(program, @"^Huoma: open (http://127\.0\.0\.1:\d+)/console/setup\?token=([\w-]{43}) to create the first account \(valid until used\)$");
            using var browser = new HttpClient { BaseAddress = new Uri(link.Groups[1].Value) };
            var body = new { token = link.Groups[2].Value, tenantName = "花店", account = "boss", password = TestAccounts.Password };

            (await browser.PostAsJsonAsync("/api/v1/setup", body, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await browser.PostAsJsonAsync("/api/v1/setup", body, Ct)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await browser.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(Ct);
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Huoma__Owner__Account", "a b")]
    [InlineData("Huoma__Owner__Account", "")]
    [InlineData("Huoma__Owner__Password", "12345678")]
    [InlineData("Huoma__Owner__Password", "")]
    [InlineData("Huoma__TrustedProxies", "the-proxy")]
    [InlineData("Huoma__Accounts__FreeAttemptsPerAccount", "7")]
    [InlineData("Huoma__Accounts__HashIterations", "1000")]
    public async Task BadSetting_StopsTheStart_WithOneLineThatNamesIt(string variable, string value)
    {
        var folder = Directory.CreateTempSubdirectory("huoma-test-");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Huoma__Owner__Account"] = "boss",
            ["Huoma__Owner__Password"] = TestAccounts.Password,
            [variable] = value,
        };

        using var program = Start(folder, settings);
        var said = await program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);

        program.ExitCode.ShouldBe(1);
        said.Trim().ShouldNotContain('\n');
        said.ShouldContain(variable.Replace("__", ":", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    private static Process Start(DirectoryInfo folder, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Huoma.Server.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    private static async Task<Match> LineAsync(Process program, string pattern)
    {
        while (await program.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (Regex.Match(line, pattern) is { Success: true } match)
            {
                return match;
            }
        }

        throw new InvalidOperationException(await program.StandardError.ReadToEndAsync(Ct));
    }
}
