package dev.latchkey.internal.jose;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/**
 * Computes the public point of an EC private key by double-and-add. It does not run in constant time: it is used once,
 * while a key is loaded, and never while one signs.
 */
final class EcPublicPoint {

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final BigInteger prime;
    private final BigInteger a;

    private EcPublicPoint(ECParameterSpec parameters) {
        this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
        this.a = parameters.getCurve().getA();
    }

    static ECPoint of(ECPrivateKey key) throws InvalidKeyException {
        ECParameterSpec parameters = key.getParams();
        if (key.getS().signum() <= 0 || key.getS().compareTo(parameters.getOrder()) >= 0) {
            throw new InvalidKeyException("the private value is outside the order of the curve");
        }
        return new EcPublicPoint(parameters).times(key.getS(), parameters.getGenerator());
    }

    private ECPoint times(BigInteger factor, ECPoint point) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
            sum = twice(sum);
            sum = factor.testBit(bit) ? plus(sum, point) : sum;
        }
        return sum;
    }

    private ECPoint plus(ECPoint left, ECPoint right) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        BigInteger run = right.getAffineX().subtract(left.getAffineX());
        BigInteger rise = right.getAffineY().subtract(left.getAffineY());
        return along(rise.multiply(run.modInverse(prime)), left, right);
    }

    private ECPoint twice(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return point;
        }
        BigInteger rise = point.getAffineX().pow(2).multiply(THREE).add(a);
        BigInteger run = point.getAffineY().multiply(TWO);
        return along(rise.multiply(run.modInverse(prime)), point, point);
    }

    /** The third point on the line of that slope, mirrored. */
    private ECPoint along(BigInteger slope, ECPoint left, ECPoint right) {
        BigInteger x = slope.pow(2)
                .subtract(left.getAffineX())
                .subtract(right.getAffineX())
                .mod(prime);
        BigInteger y = slope.multiply(left.getAffineX().subtract(x))
                .subtract(left.getAffineY())
                .mod(prime);
        return new ECPoint(x, y);
    }
}
