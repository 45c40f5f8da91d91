using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using Json.Schema;

namespace Huoma.Server.Tests.Robots;

/// <summary>The protocol's JSON schemas, <c>tests/contracts/robot-gateway</c>: what the server sends has to pass them.</summary>
internal static class GatewayContract
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Pictures.Folder, "..", "contracts", "robot-gateway"));
    private static readonly Dictionary<string, JsonElement> Definitions = new[] { "envelopes", "commands", "events" }
        .ToDictionary(name => name, name => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.schema.json"))).RootElement.GetProperty("$defs"));

    /// <summary>Examples of the protocol that are right, with the name of their definition.</summary>
    public static IEnumerable<(string Definition, JsonElement Value)> Examples(string file) =>
        from example in JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "examples", $"{file}.json"))).RootElement.EnumerateArray()
        where example.GetProperty("valid").GetBoolean()
        select (example.Text("schema").Split('/')[^1], example.GetProperty("value"));

    public static void Check(JsonElement sent)
    {
        Check("envelopes", sent.Text("kind"), sent);
        if (sent.Text("kind") == "cmd" && Definitions["commands"].TryGetProperty($"{sent.Text("type")}.data", out _))
        {
            Check("commands", $"{sent.Text("type")}.data", sent.GetProperty("data"));
        }
    }

    public static void Check(string file, string definition, JsonElement value)
    {
        var text = $$"""{"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/{{definition}}","$defs":{{Definitions[file].GetRawText()}}}""";
        var result = JsonSchema.FromText(text).Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        result.IsValid.ShouldBeTrue($"{definition}: {value.GetRawText()}");
    }
}
