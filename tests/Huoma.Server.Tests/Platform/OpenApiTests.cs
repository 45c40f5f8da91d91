using System.Text.Json;
using System.Text.Json.Nodes;
using Huoma.Server.Tests.Architecture;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Platform;

/// <summary>The committed description of the API is what the server says of itself; <c>make api</c> rewrites it.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Committed = Path.Combine(Sources.Root, "docs", "api", "openapi.json");

    [Fact]
    public async Task Document_IsTheCommittedOne()
    {
        var served = (await ServedAsync()).ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(Committed, served, TestContext.Current.CancellationToken);
        }

        (await File.ReadAllTextAsync(Committed, TestContext.Current.CancellationToken)).ShouldBe(served, "run make api");
    }

    [Fact]
    public async Task Operations_SayWhoTheyAreAndHowTheyFail()
    {
        var operations = Operations(await ServedAsync()).ToList();

        operations.Count.ShouldBeGreaterThan(20);
        operations.ShouldAllBe(found => found.Operation["operationId"] != null && found.Operation["summary"] != null && found.Operation["tags"]!.AsArray().Count == 1);
        operations.Select(found => found.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
        operations.ShouldAllBe(found => found.Operation["responses"]!["default"] != null && found.Operation["responses"]!["400"] != null);
        operations.ShouldAllBe(found => found.Operation["responses"]!.AsObject().Any(response => response.Key[0] == '2'));
    }

    [Fact]
    public async Task Schemas_SayIdsEnumsAndInstantsAsTheyAreSent()
    {
        var schemas = (await ServedAsync())["components"]!["schemas"]!;

        var slot = schemas["Slot"]!;
        slot["properties"]!["id"]!["type"]!.GetValue<string>().ShouldBe("string");
        slot["properties"]!["expiresAt"]!["format"]!.GetValue<string>().ShouldBe("date-time");
        slot["required"]!.AsArray().Count.ShouldBe(slot["properties"]!.AsObject().Count);
        schemas["SlotStatus"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["serving", "waiting", "full", "expired", "off"]);
    }

    [Fact]
    public async Task Parameters_AreNamedAndChosenAsInTheQuery()
    {
        var parameters = (await ServedAsync())["paths"]!["/api/v1/codes"]!["get"]!["parameters"]!.AsArray();

        parameters.Select(parameter => parameter!["name"]!.GetValue<string>()).ShouldBe(["kind", "building", "status", "q", "deleted", "sort", "order", "page", "pageSize"]);
        parameters[0]!["schema"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).ShouldBe(["group", "card"]);
    }

    private static async Task<JsonNode> ServedAsync()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        using var anybody = app.CreateClient();
        var text = await anybody.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonNode.Parse(text).ShouldNotBeNull();
    }

    private static IEnumerable<(string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!);
}
