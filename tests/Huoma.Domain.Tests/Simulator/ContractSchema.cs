using System.Text.Json;
using System.Text.RegularExpressions;

namespace Huoma.Domain.Tests.Simulator;

/// <summary>Reads tests/contracts/robot-gateway: the few words of JSON Schema that are used there.</summary>
internal sealed class ContractSchema
{
    private readonly JsonElement root;

    private ContractSchema(string file) =>
        root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contracts", file))).RootElement;

    public static ContractSchema Envelopes { get; } = new("envelopes.schema.json");

    public static ContractSchema Commands { get; } = new("commands.schema.json");

    public static ContractSchema Events { get; } = new("events.schema.json");

    public bool Knows(string name) => root.GetProperty("$defs").TryGetProperty(name, out _);

    /// <summary>What is wrong with the value; null when nothing is.</summary>
    public string? Problem(string name, JsonElement value) => Check(root.GetProperty("$defs").GetProperty(name), value, name);

    private string? Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Check(root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), value, at);
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(word => IsA(value, word)))
        {
            return $"{at}: {value.GetRawText()} is no {type}";
        }

        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            return $"{at}: {value.GetRawText()} is not {only}";
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            return $"{at}: {value.GetRawText()} is none of {words}";
        }

        if (schema.TryGetProperty("oneOf", out var one) && one.EnumerateArray().Select(choice => Check(choice, value, at)).ToList() is var problems
            && problems.Count(problem => problem is null) != 1)
        {
            return $"{at}: not exactly one of the choices: {string.Join("; ", problems)}";
        }

        if (schema.TryGetProperty("anyOf", out var any) && any.EnumerateArray().All(choice => Check(choice, value, at) is not null))
        {
            return $"{at}: none of the choices";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(schema, value, at),
            JsonValueKind.Array => CheckArray(schema, value, at),
            JsonValueKind.String => CheckText(schema, value.GetString()!, at),
            JsonValueKind.Number when schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble() => $"{at}: less than {least}",
            _ => null,
        };
    }

    private string? CheckObject(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing)
        {
            return $"{at}: {missing} is missing";
        }

        var named = schema.TryGetProperty("properties", out var properties) ? properties : default;
        foreach (var property in value.EnumerateObject())
        {
            var own = named.ValueKind == JsonValueKind.Object && named.TryGetProperty(property.Name, out var found) ? found
                : schema.TryGetProperty("additionalProperties", out var others) ? others : default;
            if (own.ValueKind == JsonValueKind.Object && Check(own, property.Value, $"{at}.{property.Name}") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? CheckArray(JsonElement schema, JsonElement value, string at)
    {
        var count = value.GetArrayLength();
        if ((schema.TryGetProperty("minItems", out var least) && count < least.GetInt32()) || (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32()))
        {
            return $"{at}: {count} items";
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Select((item, i) => Check(items, item, $"{at}[{i}]")).FirstOrDefault(problem => problem is not null)
            : null;
    }

    private static string? CheckText(JsonElement schema, string text, string at)
    {
        var length = text.EnumerateRunes().Count();
        return schema.TryGetProperty("minLength", out var least) && length < least.GetInt32() ? $"{at}: too short"
            : schema.TryGetProperty("maxLength", out var most) && length > most.GetInt32() ? $"{at}: too long"
            : schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.ECMAScript) ? $"{at}: “{text}” is not {pattern}"
            : null;
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(word => word.GetString()!) : [type.GetString()!];

    private static bool IsA(JsonElement value, string word) => word switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"The reader does not know the type {word}."),
    };
}
