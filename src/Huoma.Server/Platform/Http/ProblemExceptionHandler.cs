using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Huoma.Server.Platform.Data;
using Microsoft.AspNetCore.Diagnostics;

namespace Huoma.Server.Platform.Http;

/// <summary>Turns what was thrown into a problem; nothing of the exception reaches the caller.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: JsonException json } => Malformed(json),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when Unbound().Match(bad.Message) is { Success: true } match =>
                Problems.Malformed(JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)),
            BadHttpRequestException bad => Problems.OfStatus(bad.StatusCode),
            _ when exception.IsBusyDatabase() => Problems.OfStatus(StatusCodes.Status503ServiceUnavailable),
            InvalidDataException => Problems.OfStatus(StatusCodes.Status400BadRequest),
            _ => Problems.OfStatus(StatusCodes.Status500InternalServerError),
        };
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            log.RequestFailed(httpContext.Request.Path, Activity.Current?.TraceId.ToString(), exception);
        }

        // What the request had set so far was thrown away with its answer.
        SecurityHeaders.Set(httpContext);
        httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        await TypedResults.Problem(problem).ExecuteAsync(httpContext);
        return true;
    }

    private static Microsoft.AspNetCore.Mvc.ProblemDetails Malformed(JsonException json)
    {
        // "$.slots[0].name" → "slots[0].name", "$[0].name" → "[0].name"
        var field = json.Path is { Length: > 2 } path ? path[1..].TrimStart('.') : null;
        return field is null ? Problems.OfStatus(StatusCodes.Status400BadRequest) : Problems.Malformed(field);
    }

    // The framework says only in words which parameter of a route or query it could not read.
    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (?<name>\\w+)\" from ", RegexOptions.NonBacktracking)]
    private static partial Regex Unbound();
}
