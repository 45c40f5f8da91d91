using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Huoma.Server.Platform.Http;

/// <summary>The description of the console API, <c>/openapi/v1.json</c>; the console's typed client is made from it.</summary>
internal static partial class OpenApi
{
    private const string ProblemName = "ProblemDetails";
    private const string ProblemType = "application/problem+json";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => Describe(operation, context));
        options.AddSchemaTransformer((schema, context, _) => Describe(schema, context.JsonTypeInfo));
    });

    public static void MapApiDescription(this IEndpointRouteBuilder app) => app.MapOpenApi().AllowAnonymous();

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Huoma 活码",
            Version = "v1",
            Description = "The console API. Sign in with POST /api/v1/session; methods other than GET then need the header X-Huoma-Console: 1. "
                + "Ids are opaque strings, instants ISO 8601 in UTC, failures RFC 9457 problem details with a stable code and Chinese messages.",
        };

        // Relative to wherever the document was read.
        document.Servers = [];
        var components = document.Components ??= new OpenApiComponents();
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        components.Schemas[ProblemName] = Problem();
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Summary ??= Words(operation.OperationId ?? "");
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            var described = context.Description.ParameterDescriptions.FirstOrDefault(one => string.Equals(one.Name, parameter.Name, StringComparison.Ordinal));
            Describe(parameter, described?.ParameterDescriptor?.ParameterType);
        }

        operation.Responses ??= [];
        foreach (var (status, meaning) in FailuresOf(context.Description.ActionDescriptor.EndpointMetadata, context.Description.HttpMethod, context.Description.RelativePath))
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ProblemType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ProblemName, context.Document) },
                },
            };
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter, Type? type)
    {
        parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        var inner = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (inner is { IsGenericType: true } && inner.GetGenericTypeDefinition() == typeof(Choice<>))
        {
            var words = Enum.GetNames(inner.GetGenericArguments()[0]).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => JsonValue.Create(word))] };
        }
    }

    // What can go wrong follows from what a request is; codes of refusals are told by their messages.
    private static IEnumerable<(string Status, string Meaning)> FailuresOf(IList<object> metadata, string? method, string? path)
    {
        yield return ("400", "The input is malformed or invalid; errors tells by field.");
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            yield return ("401", "Nobody is signed in.");
            yield return ("403", "The role does not allow it, or the header X-Huoma-Console is missing.");
        }

        if (path?.Contains('{', StringComparison.Ordinal) == true)
        {
            yield return ("404", "It is not there, or belongs to another tenant.");
        }

        if (method is not null && !HttpMethods.IsGet(method))
        {
            yield return ("409", "A rule says no; code tells which.");
        }

        if (method is not null && (HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method)))
        {
            yield return ("413", "The body is too large.");
            yield return ("415", "The body is neither JSON nor the form that is expected.");
        }

        yield return ("default", "Anything else that went wrong.");
    }

    private static Task Describe(OpenApiSchema schema, JsonTypeInfo type)
    {
        var inner = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        var text = inner == type.Type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (IdJsonConverterFactory.IsId(inner))
        {
            schema.Type = text;
            schema.Examples = [JsonValue.Create("2Qk9Zx7Lm0B")];
        }
        else if (inner == typeof(DateTimeOffset))
        {
            schema.Type = text;
            schema.Examples = [JsonValue.Create("2026-11-29T04:00:00.000Z")];
        }

        if (IsSent(type.Type))
        {
            RequireOnlyWhatMustBeSent(schema, type);
        }

        if (type.Type.GetCustomAttribute<SchemaExampleAttribute>() is { } example && JsonNode.Parse(example.Json) is { } json)
        {
            schema.Examples = [json];
        }

        return Task.CompletedTask;
    }

    private static bool IsSent(Type type) =>
        type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Input", StringComparison.Ordinal);

    // A request's properties are all nullable, so that one that is missing is answered by its field, in Chinese.
    private static void RequireOnlyWhatMustBeSent(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Required = type.Properties
            .Where(property => property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
            .Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(StringComparer.Ordinal) { "status", "code", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What to do, in Chinese." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Messages by field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["warnings"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "With slot.picture-doubtful: what is doubtful about the picture.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { "code", "message" },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
        Examples = [new JsonObject { ["status"] = 404, ["code"] = "not-found", ["detail"] = "没有找到，可能已被删除" }],
    };

    // A use case's own types are called after it, and what shows a thing is called as the thing.
    private static string? NameOf(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        if (name is null || IdJsonConverterFactory.IsId(Nullable.GetUnderlyingType(type.Type) ?? type.Type))
        {
            return null;
        }

        return type.Type.DeclaringType is { } useCase ? useCase.Name + type.Type.Name : Suffix().Replace(name, "");
    }

    private static string Words(string name)
    {
        var words = Capital().Replace(name, match => $" {match.Value.ToLower(CultureInfo.InvariantCulture)}").Trim();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(Response|View)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();

    [GeneratedRegex("[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Capital();
}
