import Engine
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Schema

/// Turns whatever a route throws into a problem document, and nothing of it into a leak.
struct Problems: RouterMiddleware {
    typealias Context = SocketContext

    func handle(
        _ request: Request, context: SocketContext,
        next: (Request, SocketContext) async throws -> Response
    ) async throws -> Response {
        let response = try await answer(request, context, next)
        // Whoever asks for the head would take a body for the next answer.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, _ context: SocketContext, _ next: (Request, SocketContext) async throws -> Response
    ) async throws -> Response {
        do {
            try refuseBrowsers(request)
            return try await next(request, context)
        } catch let refusal as Refusal {
            return Problem(refusal).response()
        } catch let error as HTTPError {
            if error.status == .notFound, let methods = Address.methods(at: request.uri.path) {
                return Self.wrongMethod(methods)
            }
            return Problem(Self.refusal(error)).response()
        } catch let error where Self.isOfConnection(error) {
            // Nobody is there to be told, and nothing is wrong here.
            throw error
        } catch {
            context.logger.error("a request failed", metadata: ["error": "\(ErrorWords.of(error))"])
            return Problem(.internalError).response()
        }
    }

    /// A browser that was lured to the socket says where it comes from.
    private func refuseBrowsers(_ request: Request) throws(Refusal) {
        guard !request.head.isOfWebPage else {
            throw .forbidden("Requests from web pages are not answered here.")
        }
    }

    private static func isOfConnection(_ error: any Error) -> Bool {
        error is CancellationError || error is RequestCutShort || error is HTTPParserError || error is ChannelError
            || error is IOError
    }

    private static func wrongMethod(_ methods: [HTTPRequest.Method]) -> Response {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        let refusal = Refusal(
            .problem("wrong-method"), status: 405, title: "Not that way",
            detail: "This address answers to \(allowed).")
        return Problem(refusal).response([.allow: allowed])
    }

    private static func refusal(_ error: HTTPError) -> Refusal {
        switch error.status {
        case .notFound:
            Refusal(
                .problem("not-found"), status: 404, title: "Not found",
                detail: "There is nothing at this address. GET /v1/openapi.json lists what there is.")
        case .contentTooLarge:
            Refusal(.problem("too-large"), status: 413, title: "Too much at once", detail: "The request is too large.")
        default:
            Refusal(
                .problem("malformed"), status: error.status.code, title: "The request is not understood",
                detail: "The request is not well formed.")
        }
    }
}

extension Refusal {
    static let internalError = Refusal(
        .problem("internal"), status: 500, title: "Something went wrong",
        detail: "The daemon could not do this. Its log says more.")
}
