package dev.hostseed.core.signature;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;

/// The curves of ECDSA that SSH knows, each with the hash that belongs to it.
///
/// Rule: RFC 5656, sections 6.2.1 and 10.1.
enum Curve {
    P256("nistp256", "secp256r1", 32, "SHA256"),
    P384("nistp384", "secp384r1", 48, "SHA384"),
    P521("nistp521", "secp521r1", 66, "SHA512");

    private final String sshName;
    private final String name;
    private final int size;
    private final String hash;

    Curve(String sshName, String name, int size, String hash) {
        this.sshName = sshName;
        this.name = name;
        this.size = size;
        this.hash = hash;
    }

    String sshName() {
        return sshName;
    }

    /// Of a coordinate, in bytes.
    int size() {
        return size;
    }

    /// What the Java platform calls a signature on this curve, written as its two numbers.
    String algorithm() {
        return hash + "withECDSAinP1363Format";
    }

    ECParameterSpec parameters() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // the platform has these three
        }
    }

    /// The point of this curve that `octets` are, which have to be uncompressed: as SSH and PEM files have it.
    ///
    /// Rule: SEC 1, section 2.3.4.
    ECPoint point(byte[] octets) throws BadSignatureException {
        if (octets.length != 1 + 2 * size || octets[0] != 4) {
            throw new BadSignatureException("damaged: its point is not one of " + sshName);
        }
        var point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(octets, 1, 1 + size)),
                new BigInteger(1, Arrays.copyOfRange(octets, 1 + size, octets.length)));
        if (!has(point)) {
            throw new BadSignatureException("damaged: its point is not on the curve " + sshName);
        }
        return point;
    }

    /// Whether y² = x³ + ax + b.
    private boolean has(ECPoint point) {
        var curve = parameters().getCurve();
        var p = ((ECFieldFp) curve.getField()).getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
    }
}
