using System.Text.Json;

namespace Huoma.Domain.Simulator;

/// <summary>Reads what a command brings; remembers the first thing that is wrong with it.</summary>
internal sealed class SimInput(JsonElement data)
{
    private const int IdMaxLength = 128;

    public string? Problem { get; private set; }

    public string Id(string name) => Text(name, IdMaxLength);

    public string Text(string name, int longest)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && SimTexts.Length(text) is var length && length > 0 && length <= longest)
        {
            return text;
        }

        Problem ??= $"{name} must be a text of 1 to {longest} characters";
        return "";
    }

    public string? OptionalText(string name) => data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public IReadOnlyList<string> Ids(string name, int fewest, int most)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() >= fewest && list.GetArrayLength() <= most)
        {
            List<string> ids = [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() ?? "" : "")];
            if (ids.TrueForAll(id => id.Length is > 0 and <= IdMaxLength))
            {
                return ids;
            }
        }
        else if (fewest == 0 && (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(name, out _)))
        {
            return [];
        }

        Problem ??= $"{name} must be a list of {fewest} to {most} ids";
        return [];
    }

    public IReadOnlyList<JsonElement> List(string name, int most)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() is var length && length > 0 && length <= most)
        {
            return [.. list.EnumerateArray()];
        }

        Problem ??= $"{name} must be a list of 1 to {most}";
        return [];
    }
}
